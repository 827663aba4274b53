internal import CZlib
internal import QuantCore

/// The few calls of zlib that the package makes, each behind a safe signature.
///
/// The one file of QuantFormats that may say `unsafe`.
enum Zlib {
  /// What frames the compressed data.
  enum Framing: Sendable {
    /// A gzip header and trailer, RFC 1952; zlib checks the CRC-32 and the size of the trailer.
    case gzip
    /// Nothing, as in ZIP archives, RFC 1951.
    case none

    fileprivate var windowBits: Int32 {
      switch self {
      case .gzip: 15 + 16
      case .none: -15
      }
    }
  }

  /// Why a stream could not be processed.
  enum Failure: Error, Hashable, Sendable {
    /// The data is damaged or no such stream; `offset` bytes of input were taken.
    case damaged(offset: Int)
    /// The input ends before the stream.
    case incomplete
    /// The content has more than the accepted number of bytes.
    case tooLarge
    /// zlib could not allocate its state.
    case outOfMemory
  }

  /// No deflate stream expands by more: a match of 258 bytes needs at least two bits.
  static let largestRatio = 1_032

  /// Bytes that are processed at a time.
  private static let scratchBytes = 1 << 16

  /// Decompresses one stream that starts at an offset of `input`, and appends its content.
  ///
  /// - Parameters:
  ///   - input: bytes that hold the stream.
  ///   - offset: where it starts.
  ///   - output: receives the content; never longer than `limit` in all.
  /// - Returns: the offset behind the stream.
  static func inflate(
    _ input: RawSpan, from offset: Int, framing: Framing, into output: inout [UInt8], limit: Int
  ) throws(Failure) -> Int {
    let (position, failure) = unsafe input.withUnsafeBytes { bytes -> (Int, Failure?) in
      var stream = unsafe z_stream()
      let version = ZLIB_VERSION
      guard
        unsafe inflateInit2_(
          &stream, framing.windowBits, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
      else { return (offset, .outOfMemory) }
      defer { unsafe inflateEnd(&stream) }
      var scratch = [UInt8](repeating: 0, count: scratchBytes)
      var position = offset
      while true {
        // zlib counts in 32 bits, so large inputs are passed in parts.
        let part = min(bytes.count - position, 1 << 30)
        let input = unsafe UnsafeMutableRawBufferPointer(mutating: bytes).baseAddress
        unsafe stream.next_in =
          input.map { unsafe $0 + position }?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.avail_in = UInt32(part)
        // One byte more than is accepted shows that the content goes on.
        let room = max(1, min(scratch.count, limit - output.count))
        let (status, written) = unsafe append(to: &output, room, by: &scratch) { target, count in
          unsafe stream.next_out = target
          unsafe stream.avail_out = UInt32(count)
          let status = unsafe CZlib.inflate(&stream, Z_NO_FLUSH)
          return unsafe (status, count - Int(stream.avail_out))
        }
        position += unsafe part - Int(stream.avail_in)
        if output.count > limit { return (position, .tooLarge) }
        switch status {
        case Z_STREAM_END:
          return (position, nil)
        case Z_OK where written > 0 || position < bytes.count, Z_BUF_ERROR where written > 0:
          continue
        case Z_OK, Z_BUF_ERROR:
          return (position, .incomplete)
        case Z_MEM_ERROR:
          return (position, .outOfMemory)
        default:
          return (position, .damaged(offset: position))
        }
      }
    }
    if let failure { throw failure }
    return position
  }

  /// Compresses to one gzip member; the bytes depend on the version of zlib, the content does not.
  static func gzip(_ content: RawSpan) throws(Failure) -> [UInt8] {
    try deflate(content, content.extracting(0..<0), level: 6, framing: .gzip)
  }

  /// Compresses parts that follow each other to one stream.
  ///
  /// The bytes depend on the version of zlib, the content does not.
  static func deflate(
    _ first: RawSpan, _ second: RawSpan, level: Int32, framing: Framing = .none
  ) throws(Failure) -> [UInt8] {
    var output: [UInt8] = []
    var stream = unsafe z_stream()
    let version = ZLIB_VERSION
    guard
      unsafe deflateInit2_(
        &stream, level, Z_DEFLATED, framing.windowBits, 8, Z_DEFAULT_STRATEGY, version,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .outOfMemory }
    defer { unsafe deflateEnd(&stream) }
    unsafe deflate(first, isLast: false, &stream, into: &output)
    unsafe deflate(second, isLast: true, &stream, into: &output)
    return output
  }

  @unsafe
  private static func deflate(
    _ part: RawSpan, isLast: Bool, _ stream: inout z_stream, into output: inout [UInt8]
  ) {
    unsafe part.withUnsafeBytes { bytes in
      var scratch = [UInt8](repeating: 0, count: scratchBytes)
      var position = 0
      var isDone = false
      while !isDone {
        let count = min(bytes.count - position, 1 << 30)
        let flush = isLast && position + count == bytes.count ? Z_FINISH : Z_NO_FLUSH
        let input = unsafe UnsafeMutableRawBufferPointer(mutating: bytes).baseAddress
        unsafe stream.next_in =
          input.map { unsafe $0 + position }?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.avail_in = UInt32(count)
        let room = scratch.count
        let (status, hasRoom) = unsafe append(to: &output, room, by: &scratch) { target, count in
          unsafe stream.next_out = target
          unsafe stream.avail_out = UInt32(count)
          let status = unsafe CZlib.deflate(&stream, flush)
          return unsafe ((status, stream.avail_out > 0), count - Int(stream.avail_out))
        }.0
        position += unsafe count - Int(stream.avail_in)
        isDone =
          flush == Z_FINISH ? status == Z_STREAM_END : hasRoom && position == bytes.count
      }
    }
  }

  /// Lets `body` write up to `capacity` bytes to a scratch area, and appends as many as it returns.
  @unsafe
  private static func append<Result>(
    to array: inout [UInt8], _ capacity: Int, by scratch: inout [UInt8],
    _ body: (UnsafeMutablePointer<UInt8>?, Int) -> (Result, Int)
  ) -> (Result, Int) {
    unsafe scratch.withUnsafeMutableBufferPointer { buffer in
      let (result, written) = unsafe body(buffer.baseAddress, capacity)
      unsafe array.append(contentsOf: buffer.prefix(written))
      return (result, written)
    }
  }
}
