import Glibc

/// Standard input as memory: the kernel reads what is looked at, and the file is never copied.
struct MappedInput {
    let bytes: UnsafeRawBufferPointer

    /// - Throws: `InputError` when standard input is no file that can be mapped.
    init() throws(InputError) {
        var status = stat()
        guard fstat(0, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw InputError() }
        guard status.st_size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let length = Int(status.st_size)
        guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, 0, 0), start != MAP_FAILED else { throw InputError() }
        bytes = UnsafeRawBufferPointer(start: start, count: length)
    }
}

struct InputError: Error, CustomStringConvertible {
    let description = "standard input is not a file"
}
