/// An image of one byte a pixel, row by row from the top; 0 is black.
package struct GreyImage: Equatable {
    package var width: Int
    package var height: Int
    /// Dots per inch; 0 where nobody knows.
    package var resolution: Int
    /// `width` times `height` bytes.
    package var pixels: [UInt8]

    package init(width: Int, height: Int, resolution: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height, "an image has a byte for each pixel")
        self.width = width
        self.height = height
        self.resolution = resolution
        self.pixels = pixels
    }

    /// The image after clockwise quarter turns.
    package func turned(by turns: Int) -> GreyImage {
        let turns = turns & 3
        guard turns != 0 else { return self }
        let (newWidth, newHeight) = turns & 1 == 1 ? (height, width) : (width, height)
        let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
            pixels.withUnsafeBufferPointer { source in
                var index = 0
                for y in 0..<newHeight {
                    for x in 0..<newWidth {
                        target[index] =
                            switch turns {
                            case 1: source[(height - 1 - x) * width + y]
                            case 2: source[(height - 1 - y) * width + (width - 1 - x)]
                            default: source[x * width + (width - 1 - y)]
                            }
                        index += 1
                    }
                }
            }
            count = pixels.count
        }
        return GreyImage(width: newWidth, height: newHeight, resolution: resolution, pixels: turned)
    }
}
