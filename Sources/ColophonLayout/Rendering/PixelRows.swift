import CPDFium

/// The pixels of a drawn page, row by row from the top; four bytes each: red, green, blue and one that says nothing.
struct PixelRows {
    static let bytesPerPixel = 4

    let size: ImageSize
    private let start: UnsafeRawPointer
    private let stride: Int

    /// - Parameter bitmap: Must outlive this.
    /// - Returns: `nil` when PDFium gives no pixels.
    init?(_ bitmap: pdfium_bitmap, functions: pdfium_functions) {
        let width = Int(functions.FPDFBitmap_GetWidth(bitmap))
        let height = Int(functions.FPDFBitmap_GetHeight(bitmap))
        let stride = Int(functions.FPDFBitmap_GetStride(bitmap))
        guard width > 0, height > 0, stride >= width * Self.bytesPerPixel, let start = functions.FPDFBitmap_GetBuffer(bitmap) else {
            return nil
        }
        self.init(start: start, size: ImageSize(width: width, height: height), stride: stride)
    }

    init(start: UnsafeRawPointer, size: ImageSize, stride: Int) {
        self.start = start
        self.size = size
        self.stride = stride
    }

    subscript(row: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + row * stride, count: size.width * Self.bytesPerPixel)
    }

    /// Whether no pixel has a colour.
    var isGrey: Bool {
        (0..<size.height).allSatisfy { row in
            let pixels = self[row]
            var difference: UInt8 = 0
            var offset = 0
            while offset < pixels.count {
                difference |= (pixels[offset] ^ pixels[offset + 1]) | (pixels[offset] ^ pixels[offset + 2])
                offset += Self.bytesPerPixel
            }
            return difference == 0
        }
    }
}

extension ImageSize {
    init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}
