internal import CSnappy

/// The few calls of snappy that the package makes, each behind a safe signature.
enum Snappy {
  /// Decompresses a block into `output`; whether exactly all of it was filled.
  static func decompress(_ input: RawSpan, into output: inout [UInt8]) -> Bool {
    var size = output.count
    return unsafe input.withUnsafeBytes { source in
      let bytes = unsafe source.bindMemory(to: CChar.self)
      var declared = 0
      guard
        unsafe snappy_uncompressed_length(bytes.baseAddress, bytes.count, &declared) == SNAPPY_OK,
        declared == size
      else { return false }
      return unsafe output.withUnsafeMutableBytes { target in
        unsafe snappy_uncompress(
          bytes.baseAddress, bytes.count, target.bindMemory(to: CChar.self).baseAddress, &size)
          == SNAPPY_OK && size == declared
      }
    }
  }

  /// One block; the bytes depend on the version of the library, the content does not.
  static func compress(_ input: RawSpan) -> [UInt8]? {
    var size = snappy_max_compressed_length(input.byteCount)
    var output = [UInt8](repeating: 0, count: size)
    let isDone = unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        unsafe snappy_compress(
          source.bindMemory(to: CChar.self).baseAddress, source.count,
          target.bindMemory(to: CChar.self).baseAddress, &size) == SNAPPY_OK
      }
    }
    guard isDone else { return nil }
    output.removeLast(output.count - size)
    return output
  }
}
