/// What a reader could not read, or read in another way than the rest; page numbers from 1, ascending.
package struct ReadingNotes: Equatable {
    /// Pages that are damaged, and empty in the result.
    package var damagedPages: [Int] = []
    /// Pages that show an image and have no text, which nobody read.
    package var unrecognizedPages: [Int] = []

    package init() {}
}
