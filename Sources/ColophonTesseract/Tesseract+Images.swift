import CTesseract
package import ColophonLayout

/// Leptonica, which Tesseract brings along, reads the files.
extension Tesseract: ImageDecoder {
    package func decode(
        _ bytes: UnsafeRawBufferPointer, imagesMax: Int, pixelsMax: Int, onImage: (GreyImage?) throws -> Void
    ) throws {
        let start = bytes.bindMemory(to: UInt8.self).baseAddress
        guard ImageFile(bytes) == .tiff else {
            return try onImage(grey(library.functions.pixReadMem(start, bytes.count), pixelsMax: pixelsMax))
        }
        var offset = 0
        // Directories may lead in a circle; 0 is behind the last one.
        var seen: Set<Int> = [0]
        for _ in 0..<imagesMax {
            try onImage(grey(library.functions.pixReadMemFromMultipageTiff(start, bytes.count, &offset), pixelsMax: pixelsMax))
            guard seen.insert(offset).inserted else { return }
        }
    }

    /// - Parameter image: Taken over.
    private func grey(_ image: leptonica_image?, pixelsMax: Int) -> GreyImage? {
        let functions = library.functions
        var current = image
        defer { functions.pixDestroy(&current) }
        // One image at a time: a large one in colour fills half of what a reader may use.
        func step(_ make: (leptonica_image) -> leptonica_image?) {
            var before = current
            current = before.flatMap(make)
            functions.pixDestroy(&before)
        }
        step { functions.pixRemoveAlpha($0) }
        step { functions.pixConvertTo8($0, 0) }
        step { image in
            let pixels = Double(functions.pixGetWidth(image)) * Double(functions.pixGetHeight(image))
            let factor = Float(min(1, (Double(pixelsMax) / max(pixels, 1)).squareRoot()))
            return functions.pixScale(image, factor, factor)
        }
        // Leptonica keeps pixels in words of the machine's order.
        step { functions.pixEndianByteSwapNew($0) }
        guard let last = current, let data = functions.pixGetData(last) else { return nil }
        let (width, height) = (Int(functions.pixGetWidth(last)), Int(functions.pixGetHeight(last)))
        let stride = Int(functions.pixGetWpl(last)) * 4
        guard width > 0, height > 0, stride >= width else { return nil }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for row in 0..<height { pixels += UnsafeRawBufferPointer(start: UnsafeRawPointer(data) + row * stride, count: width) }
        return GreyImage(width: width, height: height, resolution: 0, pixels: pixels)
    }
}
