/// Writes images as PNG (ISO/IEC 15948): eight bits a channel, grey where there is no colour, without an alpha channel.
struct PNGWriter {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    let deflater: Deflater

    func png(of pixels: PixelRows) -> [UInt8] {
        let isGrey = pixels.isGrey
        let colourType: UInt8 = isGrey ? 0 : 2
        let rows = filteredRows(of: pixels, channels: isGrey ? 1 : 3)
        var png = Self.signature
        Self.append("IHDR", Self.number(pixels.size.width) + Self.number(pixels.size.height) + [8, colourType, 0, 0, 0], to: &png)
        Self.append("IDAT", deflater.zlibStream(of: rows), to: &png)
        Self.append("IEND", [], to: &png)
        return png
    }

    /// Each row behind its filter's number: 0 as it is, 2 what differs from the row above, whichever has the smaller numbers.
    private func filteredRows(of pixels: PixelRows, channels: Int) -> [UInt8] {
        let (width, height) = (pixels.size.width, pixels.size.height)
        let length = width * channels
        return [UInt8](unsafeUninitializedCapacity: (length + 1) * height) { output, count in
            output.initialize(repeating: 0)
            // The row above the first one counts as zeros.
            var rows = [UInt8](repeating: 0, count: 2 * length)
            rows.withUnsafeMutableBufferPointer { rows in
                for row in 0..<height {
                    // The two take turns.
                    let place = row % 2 * length
                    let plain = UnsafeMutableBufferPointer(rebasing: rows[place..<(place + length)])
                    let above = UnsafeMutableBufferPointer(rebasing: rows[(length - place)..<(2 * length - place)])
                    Self.take(channels, of: pixels[row], into: plain)
                    let start = row * (length + 1)
                    Self.filter(plain, above: above, into: UnsafeMutableBufferPointer(rebasing: output[start..<(start + length + 1)]))
                }
            }
            count = (length + 1) * height
        }
    }

    private static func take(_ channels: Int, of pixels: UnsafeRawBufferPointer, into row: UnsafeMutableBufferPointer<UInt8>) {
        var (source, target) = (0, 0)
        while source < pixels.count {
            row[target] = pixels[source]
            if channels == 3 {
                row[target + 1] = pixels[source + 1]
                row[target + 2] = pixels[source + 2]
            }
            source += PixelRows.bytesPerPixel
            target += channels
        }
    }

    /// The usual measure of how well a row will be packed decides: its bytes as signed numbers, without their signs, in all.
    private static func filter(
        _ row: UnsafeMutableBufferPointer<UInt8>, above: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        var (plainSum, differenceSum) = (0, 0)
        var column = 0
        while column < row.count {
            let difference = row[column] &- above[column]
            output[column + 1] = difference
            plainSum &+= Int(Int8(bitPattern: row[column]).magnitude)
            differenceSum &+= Int(Int8(bitPattern: difference).magnitude)
            column &+= 1
        }
        output[0] = differenceSum < plainSum ? 2 : 0
        guard output[0] == 0 else { return }
        _ = UnsafeMutableBufferPointer(rebasing: output[1...]).update(from: row)
    }

    private static func append(_ type: StaticString, _ data: [UInt8], to png: inout [UInt8]) {
        png += number(data.count)
        let start = png.count
        type.withUTF8Buffer { png += $0 }
        png += data
        png += number(Int(CRC32.of(png[start...])))
    }

    /// Four bytes, the highest first.
    private static func number(_ value: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { Array($0) }
    }
}
