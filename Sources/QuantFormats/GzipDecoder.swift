public import QuantCore

/// Decompresses gzip files, also such of several members one after the other.
///
/// ```swift
/// let reader = CSVReader(threads: 2, decoders: [GzipDecoder()])
/// let table = try reader.read("prices.csv.gz", schema: schema)
/// ```
///
/// Source: RFC 1952. The checksum and the size at the end of each member are compared; zero bytes
/// behind the last member, with which tapes and some tools pad files, are ignored.
public struct GzipDecoder: ContentDecoder {
  /// The largest content that is accepted, in bytes.
  public let limit: Int

  /// Creates a decoder that refuses content of more than `limit` bytes.
  public init(limit: Int = 1 << 34) {
    self.limit = max(0, limit)
  }

  /// The names of files that this decoder reads end so.
  public var fileSuffix: String { ".gz" }

  /// The content of a gzip file.
  ///
  /// - Throws: `StorageError.foreign` where it is no gzip file, `.incomplete` where it ends early,
  ///   `.corrupted` where it is damaged, `.tooLarge` beyond the limit.
  /// - Complexity: O(content); at most twice the content is allocated, and never more than the limit.
  public func decode(_ bytes: RawSpan, path: String) throws(StorageError) -> [UInt8] {
    guard bytes.byteCount >= 2 else { throw .incomplete(path: path, bytes: bytes.byteCount) }
    guard hasMagic(bytes, at: 0) else {
      throw .foreign(path: path, found: "other content", accepted: "a gzip file")
    }
    var content: [UInt8] = []
    reserve(&content, for: bytes)
    var offset = 0
    repeat {
      do throws(Zlib.Failure) {
        offset = try Zlib.inflate(bytes, from: offset, framing: .gzip, into: &content, limit: limit)
      } catch {
        throw error.storageError(path: path, size: bytes.byteCount, limit: limit)
      }
    } while hasMagic(bytes, at: offset)
    for rest in offset..<bytes.byteCount where bytes.byte(at: rest) != 0 {
      throw .corrupted(path: path, offset: rest)
    }
    return content
  }

  private func hasMagic(_ bytes: RawSpan, at offset: Int) -> Bool {
    offset + 2 <= bytes.byteCount && bytes.byte(at: offset) == 0x1F
      && bytes.byte(at: offset + 1) == 0x8B
  }

  /// The last four bytes are the size of the last member, modulo 2^32, if they can be believed.
  private func reserve(_ content: inout [UInt8], for bytes: RawSpan) {
    guard bytes.byteCount >= 18 else { return }
    let declared = Int(bytes.word32(at: bytes.byteCount - 4))
    if declared <= limit, declared / Zlib.largestRatio <= bytes.byteCount {
      content.reserveCapacity(declared + 1)
    }
  }
}

extension Zlib.Failure {
  /// The same for a user, who knows the file and not the library.
  func storageError(path: String, size: Int, limit: Int) -> StorageError {
    switch self {
    case .damaged(let offset): .corrupted(path: path, offset: offset)
    case .incomplete: .incomplete(path: path, bytes: size)
    case .tooLarge: .tooLarge(path: path, bytes: limit == .max ? limit : limit + 1, limit: limit)
    case .outOfMemory: .unreadable(path: path, reason: "not enough memory to decompress")
    }
  }
}
