internal import QuantCore
internal import QuantFormats

/// A file that a command writes at its end, opened at its beginning: what cannot be written is found
/// before the work is done.
struct OutputFile: ~Copyable {
  /// Where the file appears.
  let path: String
  private var writer: FileWriter

  /// Opens the file; it must not be one of the inputs.
  init(_ path: String, inputs: [String?]) throws {
    self.path = path
    let target = try? SystemCalls.status(path)
    for input in inputs.compactMap({ $0 }) {
      let source = try? SystemCalls.status(input)
      guard let target, let source, source.inode == target.inode, source.device == target.device
      else { continue }
      throw CommandFailure(.conflict, "\(path): is the input \(input); accepted: another file")
    }
    writer = try FileWriter(creating: path)
  }

  /// Appends a part of the content.
  mutating func write(_ content: [UInt8]) throws { try writer.write(content.span.numberBytes) }

  /// Publishes the file: it appears whole.
  consuming func finish() throws { try writer.finish() }

  /// Writes all of the content and publishes the file.
  consuming func finish(_ content: [UInt8]) throws {
    try writer.write(content.span.numberBytes)
    try writer.finish()
  }

  /// Writes a table in columns and publishes the file.
  consuming func finish(_ columns: [(ParquetColumn, ParquetValues)]) throws {
    try ParquetWriter(columns: columns.map(\.0)).write(columns.map(\.1), into: &writer)
    try writer.finish()
  }
}
