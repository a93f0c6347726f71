/// Runs the tasks of one simulated process: hands their jobs to the scheduler, which decides whose turn it is.
final class ProcessExecutor: TaskExecutor, @unchecked Sendable {
    private unowned let scheduler: Scheduler
    /// What became runnable while the process was frozen; nil when it is not.
    private var frozen: [UnownedJob]?

    init(scheduler: Scheduler) { self.scheduler = scheduler }

    func enqueue(_ job: consuming ExecutorJob) {
        scheduler.checkThread()
        let job = UnownedJob(job)
        if frozen == nil { scheduler.add(job, of: self) } else { frozen?.append(job) }
    }

    /// Nothing of the process runs until `thaw`.
    func freeze() {
        guard frozen == nil else { return }
        frozen = scheduler.takeJobs(of: self)
    }

    func thaw() {
        let jobs = frozen ?? []
        frozen = nil
        for job in jobs { scheduler.add(job, of: self) }
    }
}
