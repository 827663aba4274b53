internal import CZstd

/// The few calls of zstd that the package makes, each behind a safe signature.
enum Zstandard {
  /// Decompresses one frame, or several one after the other, into `output`; whether exactly all of it
  /// was filled.
  static func decompress(_ input: RawSpan, into output: inout [UInt8]) -> Bool {
    let size = output.count
    let written = unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        unsafe ZSTD_decompress(target.baseAddress, size, source.baseAddress, source.count)
      }
    }
    return ZSTD_isError(written) == 0 && written == size
  }

  /// One frame; the bytes depend on the version of the library, the content does not.
  static func compress(_ input: RawSpan, level: Int32) -> [UInt8]? {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(input.byteCount))
    let written = unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        unsafe ZSTD_compress(
          target.baseAddress, target.count, source.baseAddress, source.count, level)
      }
    }
    guard ZSTD_isError(written) == 0 else { return nil }
    output.removeLast(output.count - written)
    return output
  }
}
