// Many jobs' XML as one file, saved by the browser.

import { problemOf } from "./problem.js";

export async function saveZip(ids) {
  const response = await fetch("/api/jobs/bulk-download", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ job_ids: ids }),
  });
  if (!response.ok) throw problemOf(response.status, await response.text().catch(() => ""), response.headers.get("Retry-After"));
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  [link.href, link.download] = [address, "colophon-xml.zip"];
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
