/// A file format of tables other than delimited text, such as Parquet.
///
/// QuantCore has none of its own, so that it needs no C library; QuantFormats has `ParquetReader`.
public protocol TableFileFormat: Sendable {
  /// The end of the names of files in this format, such as `.parquet`.
  var fileSuffix: String { get }

  /// The names of the columns of a file, in order.
  ///
  /// - Throws: `StorageError` where the file is missing, damaged or of another format.
  func columnNames(of path: String) throws(StorageError) -> [String]

  /// Reads the declared columns; the table does not depend on the number of threads.
  ///
  /// - Throws: `TableReadError.table` for what is wrong with the content, `.storage` with the file.
  func read(
    _ path: String, schema: TableSchema, threads: Int
  ) throws(TableReadError) -> RawTable
}
