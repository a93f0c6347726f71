import { change } from "./api.js";
import { startFrame } from "./frame.js";

startFrame();
const form = document.getElementById("sign-in");
const message = document.getElementById("sign-in-error");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button[type=submit]");
  message.textContent = "";
  button.disabled = true;
  try {
    await change("POST", "/api/v1/session", { key: form.elements.key.value.trim() });
    location.assign("/");
  } catch (error) {
    message.textContent = error.status === 401 ? "This key is not known here." : error.message;
    form.elements.key.select();
  } finally {
    button.disabled = false;
  }
});
