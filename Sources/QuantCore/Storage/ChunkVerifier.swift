internal import Synchronization

/// Checks the chunks of one mapped file against the checksums of its manifest, each chunk once.
///
/// Safe to share between threads; two that need the same chunk at the same time may both check it. A
/// damaged chunk is reported again on every call that touches it.
package final class ChunkVerifier: Sendable {
  /// Bytes of a chunk.
  package static let chunkBytes = 1 << 20
  private let file: MappedFile
  private let expected: [UInt64]
  private let verified: Mutex<[Bool]>
  private let unverifiedCount: Atomic<Int>

  /// Prepares the check of a file; `expected` has the XXH64 of each chunk of 1 MiB.
  package init(_ file: MappedFile, expected: [UInt64]) {
    self.file = file
    self.expected = expected
    verified = Mutex(Array(repeating: false, count: expected.count))
    unverifiedCount = Atomic(max(1, expected.count))
  }

  /// Prepares the check of a file against its entry in a manifest, and compares the sizes.
  ///
  /// - Throws: `StorageError.truncated`, or `.foreign` where the checksums of the entry are malformed.
  package convenience init(
    _ file: MappedFile, entry: ManifestFile
  ) throws(StorageError) {
    guard file.count == entry.bytes else {
      throw .truncated(path: file.path, expected: entry.bytes, actual: file.count)
    }
    let expected = entry.xxh64.compactMap { Hexadecimal.word($0) }
    guard expected.count == entry.xxh64.count,
      expected.count == Self.chunkCount(ofBytes: entry.bytes)
    else {
      throw .foreign(
        path: file.path, found: "malformed checksums in its manifest",
        accepted: "one of 16 digits for each MiB")
    }
    self.init(file, expected: expected)
  }

  /// Verifies the chunks that a range of bytes touches, unless they were before.
  ///
  /// - Throws: `StorageError.corrupted` with the first chunk that differs; `.truncated` where the file
  ///   has another number of chunks or does not reach to the end of the range.
  package func verify(_ range: Range<Int>) throws(StorageError) {
    if unverifiedCount.load(ordering: .acquiring) == 0 { return }
    try checkSize(reaching: range.upperBound)
    guard !range.isEmpty else { return }
    for chunk in range.lowerBound / Self.chunkBytes...(range.upperBound - 1) / Self.chunkBytes {
      try verify(chunk: chunk)
    }
  }

  /// Verifies the whole file, but for chunks that were verified before.
  ///
  /// - Throws: as `verify`; on several threads any one of the damaged chunks may be named.
  package func verifyAll(threads: Int = 1) throws(StorageError) {
    if unverifiedCount.load(ordering: .acquiring) == 0 { return }
    try checkSize(reaching: file.count)
    try ParallelFor.run(count: expected.count, threads: threads) { (chunk) throws(StorageError) in
      try verify(chunk: chunk)
    }
  }

  private static func chunkCount(ofBytes count: Int) -> Int {
    count / chunkBytes + (count % chunkBytes == 0 ? 0 : 1)
  }

  private func checkSize(reaching end: Int) throws(StorageError) {
    guard end <= file.count else {
      throw .truncated(path: file.path, expected: end, actual: file.count)
    }
    guard Self.chunkCount(ofBytes: file.count) == expected.count else {
      throw .truncated(
        path: file.path, expected: expected.count * Self.chunkBytes, actual: file.count)
    }
  }

  private func verify(chunk: Int) throws(StorageError) {
    if verified.withLock({ $0[chunk] }) { return }
    let start = chunk * Self.chunkBytes
    let end = min(start + Self.chunkBytes, file.count)
    guard XXH64.hash(file.bytes.extracting(start..<end)) == expected[chunk] else {
      throw .corrupted(path: file.path, offset: start)
    }
    let isNew = verified.withLock { flags in
      defer { flags[chunk] = true }
      return !flags[chunk]
    }
    if isNew { unverifiedCount.subtract(1, ordering: .releasing) }
  }
}
