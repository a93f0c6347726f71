/// The one fault of an exhaustive simulation: the process that makes the so-manieth call dies.
package struct PlannedCrash: Sendable {
    /// From 1, over all processes.
    package var call: Int
    package var moment: Moment

    package enum Moment: Sendable {
        case before, after
    }

    package init(call: Int, moment: Moment) {
        self.call = call
        self.moment = moment
    }

    /// A story without any fault.
    package static let never = PlannedCrash(call: 0, moment: .before)
}
