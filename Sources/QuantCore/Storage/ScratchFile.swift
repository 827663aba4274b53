/// A temporary file whose content is mapped, so that its pages can leave memory.
///
/// It may be written from several threads at once. It has no name once this value is gone, and its content
/// goes with the last mapping.
package final class ScratchFile: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Opens a temporary file in a folder, by default `TMPDIR` or `/tmp`.
  ///
  /// - Throws: `StorageError.unwritable`.
  package init(directory: String = ScratchFile.standardDirectory) throws(StorageError) {
    TemporaryName.collectOrphans(in: directory)
    path = TemporaryName.next(in: directory)
    do throws(SystemCalls.Failure) {
      descriptor = try SystemCalls.open(writing: path, truncate: false)
    } catch {
      throw .writing(directory, error)
    }
  }

  deinit {
    SystemCalls.close(descriptor)
    try? SystemCalls.unlink(path)
  }

  /// The folder for temporary files: `TMPDIR`, or `/tmp`.
  package static var standardDirectory: String {
    guard let folder = SystemCalls.environment("TMPDIR"), !folder.isEmpty else { return "/tmp" }
    return folder
  }

  /// Writes bytes from an offset on.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out.
  package func write(_ bytes: RawSpan, at offset: Int) throws(StorageError) {
    do throws(SystemCalls.Failure) {
      try SystemCalls.write(descriptor, bytes, at: offset)
    } catch {
      throw .writing(path, error)
    }
  }

  /// Maps what was written as numbers from the start of the file.
  ///
  /// - Throws: `StorageError.truncated` where the last of them is missing, `.unreadable`.
  package func array<Element: BitwiseCopyable & Sendable>(
    of type: Element.Type, count: Int
  ) throws(StorageError) -> ArrayFile<Element> {
    let file = try MappedFile(path: path)
    let size = count * MemoryLayout<Element>.stride
    guard file.count == size else {
      throw .truncated(path: path, expected: size, actual: file.count)
    }
    return ArrayFile(file, byteOffset: 0, count: count)
  }
}

extension ArrayFile {
  /// Copies values to a temporary file, so that their pages can leave memory.
  ///
  /// - Throws: `StorageError.unwritable`, with `isNoSpace` where space ran out; `.unreadable`.
  package init(inScratchFile values: [Element]) throws(StorageError) {
    let file = try ScratchFile()
    let span = values.span
    try file.write(span.numberBytes, at: 0)
    self = try file.array(of: Element.self, count: values.count)
  }
}
