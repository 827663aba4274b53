public import QuantCore

/// Reads tables from Parquet files of flat columns.
///
/// Plain, dictionary and run-length encodings, pages of versions 1 and 2, without compression or with
/// snappy, gzip or zstd. Only the columns that a schema declares are read. Where pages have checksums,
/// they are compared.
///
/// ```swift
/// let table = try ParquetReader().read("fundamentals.parquet", schema: schema, threads: 2)
/// let assets = try table.float32("atq")
/// ```
public struct ParquetReader: TableFileFormat {
  /// Creates a reader; it has no state.
  public init() {}

  /// The names of files that this reader reads end so.
  public var fileSuffix: String { ".parquet" }

  /// The names of all columns of a file, in order.
  ///
  /// - Throws: `StorageError` for a file that is missing, damaged or no Parquet file.
  public func columnNames(of path: String) throws(StorageError) -> [String] {
    let file = try MappedFile(path: path)
    return try ParquetFooter(file.bytes, path: path).leaves.map(\.column.name)
  }

  /// The columns of a file that can be read, in order.
  ///
  /// - Throws: `StorageError` for a file that is missing, damaged or no Parquet file.
  public func columns(of path: String) throws(StorageError) -> [ParquetColumn] {
    let file = try MappedFile(path: path)
    return try ParquetFooter(file.bytes, path: path).leaves.filter { $0.refusal == nil }
      .map(\.column)
  }

  /// Reads the declared columns of a file.
  ///
  /// Numbers of any type become float32, rounded once; moments become the day they lie in; whole
  /// numbers may be read as text. The delimiter and the spellings of missing values of the schema have
  /// no meaning here.
  ///
  /// - Throws: `TableReadError.table` for a column that is missing or of another type, or a number
  ///   beyond float32; `.storage` for a file that is missing, damaged or no Parquet file.
  /// - Complexity: O(bytes of the declared columns); the columns and one row group's pages a thread.
  public func read(
    _ path: String, schema: TableSchema, threads: Int
  ) throws(TableReadError) -> RawTable {
    let file: MappedFile
    let footer: ParquetFooter
    do throws(StorageError) {
      file = try MappedFile(path: path)
      footer = try ParquetFooter(file.bytes, path: path)
    } catch {
      throw .storage(error)
    }
    let plans = try Self.plans(schema, footer, path: path)
    let groups = footer.rowGroups
    let pieces = try ParallelFor.map(count: plans.count * groups.count, threads: threads) {
      (task) throws(TableReadError) in
      let (column, group) = task.quotientAndRemainder(dividingBy: groups.count)
      return try plans[column].read(groups[group], of: file)
    }
    var columns: [String: ColumnValues] = [:]
    for (index, plan) in plans.enumerated() {
      let own = pieces[index * groups.count..<(index + 1) * groups.count]
      columns[plan.name] = try plan.join(own)
    }
    return RawTable(file: path, rowCount: footer.rows, columns: columns)
  }

  private static func plans(
    _ schema: TableSchema, _ footer: ParquetFooter, path: String
  ) throws(TableReadError) -> [ColumnPlan] {
    try schema.columns.map { (column) throws(TableReadError) in
      guard let index = footer.leaves.firstIndex(where: { $0.column.name == column.name }) else {
        throw .table(
          TableError(
            .missingColumn, file: path, column: column.name, value: "no such column",
            accepted: NearestName.accepted(
              for: column.name, among: footer.leaves.map(\.column.name).sortedByBytes())))
      }
      let plan = ColumnPlan(
        path: path, index: index, leaf: footer.leaves[index], target: column.type,
        acceptsInfinite: schema.acceptsInfinite)
      try plan.check()
      return plan
    }
  }
}
