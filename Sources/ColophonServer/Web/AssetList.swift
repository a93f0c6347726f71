/// The files of `Assets/`; a new one is named here.
enum AssetList {
    static let all: [Assets.Asset] = [
        script("address.js", PackageResources.address_js),
        script("api.js", PackageResources.api_js),
        script("backoff.js", PackageResources.backoff_js),
        script("batch.js", PackageResources.batch_js),
        script("boxes.js", PackageResources.boxes_js),
        style("colophon.css", PackageResources.colophon_css),
        script("connection.js", PackageResources.connection_js),
        style("controls.css", PackageResources.controls_css),
        script("dialog.js", PackageResources.dialog_js),
        script("docacts.js", PackageResources.docacts_js),
        style("document.css", PackageResources.document_css),
        script("document.js", PackageResources.document_js),
        script("docview.js", PackageResources.docview_js),
        script("dom.js", PackageResources.dom_js),
        script("drops.js", PackageResources.drops_js),
        script("ending.js", PackageResources.ending_js),
        script("events.js", PackageResources.events_js),
        script("feed-worker.js", PackageResources.feed_worker_js),
        script("feed.js", PackageResources.feed_js),
        script("format.js", PackageResources.format_js),
        script("frame.js", PackageResources.frame_js),
        script("history.js", PackageResources.history_js),
        script("hub.js", PackageResources.hub_js),
        picture("icon.svg", PackageResources.icon_svg),
        script("intake.js", PackageResources.intake_js),
        script("jobbook.js", PackageResources.jobbook_js),
        script("joblist.js", PackageResources.joblist_js),
        script("jobs.js", PackageResources.jobs_js),
        script("jobwords.js", PackageResources.jobwords_js),
        script("keys.js", PackageResources.keys_js),
        script("labels.js", PackageResources.labels_js),
        script("legend.js", PackageResources.legend_js),
        style("list.css", PackageResources.list_css),
        script("list.js", PackageResources.list_js),
        script("listview.js", PackageResources.listview_js),
        script("panels.js", PackageResources.panels_js),
        script("preview.js", PackageResources.preview_js),
        script("problem.js", PackageResources.problem_js),
        script("pull.js", PackageResources.pull_js),
        style("queue.css", PackageResources.queue_css),
        script("queue.js", PackageResources.queue_js),
        script("roving.js", PackageResources.roving_js),
        script("rows.js", PackageResources.rows_js),
        script("runs.js", PackageResources.runs_js),
        script("selection.js", PackageResources.selection_js),
        script("send.js", PackageResources.send_js),
        script("sheets.js", PackageResources.sheets_js),
        script("sign-in.js", PackageResources.sign_in_js),
        script("stream.js", PackageResources.stream_js),
        script("sync.js", PackageResources.sync_js),
        script("tabs.js", PackageResources.tabs_js),
        script("tageditor.js", PackageResources.tageditor_js),
        script("tip.js", PackageResources.tip_js),
        script("toast.js", PackageResources.toast_js),
        script("upload.js", PackageResources.upload_js),
        script("uploadwords.js", PackageResources.uploadwords_js),
        script("watch.js", PackageResources.watch_js),
        script("ways.js", PackageResources.ways_js),
        script("zip.js", PackageResources.zip_js),
    ]

    private static func script(_ name: String, _ bytes: [UInt8]) -> Assets.Asset {
        Assets.Asset(name: name, type: "text/javascript; charset=utf-8", bytes: bytes)
    }

    private static func style(_ name: String, _ bytes: [UInt8]) -> Assets.Asset {
        Assets.Asset(name: name, type: "text/css; charset=utf-8", bytes: bytes)
    }

    private static func picture(_ name: String, _ bytes: [UInt8]) -> Assets.Asset {
        Assets.Asset(name: name, type: "image/svg+xml", bytes: bytes)
    }
}
