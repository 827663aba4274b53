public import QuantCore

/// Generates the raw tables of an invented market, the same bytes on every machine.
///
/// The data is a test instrument: README.txt, written beside the tables, says what is planted in it
/// and how. The tables look like the exports people have: fundamentals with Compustat's column
/// names, deals that know their target by a CIK, a dated identifier map, daily raw prices.
///
/// ```swift
/// let data = DemonstrationData(size: .small)
/// try data.write(to: "demo") { print($0.fraction) }
/// ```
public struct DemonstrationData: Sendable {
  /// How much there is of it.
  public let size: DemonstrationSize
  /// Seed of everything random.
  public let seed: UInt64
  /// Number of threads that simulate; the files do not depend on it.
  public let threads: Int

  /// The seed of the data that the documentation shows.
  ///
  /// It is one of those with which the shares of withdrawn and of unmapped deals lie near their
  /// nominal values even where deals are few.
  public static let defaultSeed: UInt64 = 47

  /// How far the generation is.
  public struct Progress: Sendable {
    /// Firms' places that are written, and all of them.
    public let places: Int, total: Int
    /// Bytes written so far.
    public let bytes: Int
  }

  /// A file that was written.
  public struct File: Hashable, Sendable {
    /// Its name within the directory.
    public let name: String
    /// Its length.
    public let bytes: Int
  }

  /// Creates a generator; nothing is computed yet.
  public init(
    size: DemonstrationSize, seed: UInt64 = DemonstrationData.defaultSeed,
    threads: Int = ParallelFor.availableThreads
  ) {
    self.size = size
    self.seed = seed
    self.threads = max(1, threads)
  }

  /// Writes all files into a directory, which is created where it is missing.
  ///
  /// Files of the same names are replaced, each at once and whole. Memory stays below 200 MB at any
  /// size: firms are simulated in batches and written in order.
  ///
  /// - Returns: the files in alphabetical order.
  /// - Throws: `StorageError.unwritable` naming the file, with `isNoSpace` where space ran out.
  /// - Complexity: O(firms × days).
  @discardableResult
  public func write(
    to directory: String, progress: (Progress) -> Void = { _ in }
  ) throws(StorageError) -> [File] {
    try FileTree.createDirectories(directory)
    let simulation = DemonstrationSimulation(size: size, seed: seed)
    let calendar = simulation.calendar
    let dates = calendar.days.map { Array(CalendarDate(daysSinceEpoch: $0).description.utf8) }
    var quarterly = try Self.table(
      directory, "fundamentals_quarterly.csv", DemonstrationTables.quarterlyHeader)
    var annual = try Self.table(
      directory, "fundamentals_annual.csv", DemonstrationTables.annualHeader)
    var prices = try Self.table(directory, "prices.csv", DemonstrationTables.priceHeader)
    var identifiers = try Self.table(
      directory, "identifiers.csv", DemonstrationTables.identifierHeader)
    var delistings = try Self.table(
      directory, "delistings.csv", DemonstrationTables.delistingHeader)
    var deals: [PlantedDeal] = []
    let batch = 32 * threads
    for start in stride(from: 0, to: size.firmCount, by: batch) {
      let count = min(batch, size.firmCount - start)
      let parts = ParallelFor.map(count: count, threads: threads) { index in
        DemonstrationTables(ofPlace: start + index, in: simulation, dates: dates)
      }
      for part in parts {
        try quarterly.write(part.quarterly.bytes.span.numberBytes)
        try annual.write(part.annual.bytes.span.numberBytes)
        try prices.write(part.prices.bytes.span.numberBytes)
        try identifiers.write(part.identifiers.bytes.span.numberBytes)
        try delistings.write(part.delistings.bytes.span.numberBytes)
        deals += part.deals
      }
      progress(
        Progress(
          places: start + count, total: size.firmCount,
          bytes: quarterly.byteCount + annual.byteCount + prices.byteCount))
    }
    let small: [(name: String, text: String)] = [
      ("README.txt", DemonstrationReadme.text(size: size, seed: seed)),
      ("deals.csv", DealTable.text(deals, end: calendar.end)),
      ("demo.json", DemonstrationConfiguration.text(size: size)),
      ("spy.csv", BenchmarkTable.text(calendar)),
    ]
    var files = [
      File(name: "delistings.csv", bytes: delistings.byteCount),
      File(name: "fundamentals_annual.csv", bytes: annual.byteCount),
      File(name: "fundamentals_quarterly.csv", bytes: quarterly.byteCount),
      File(name: "identifiers.csv", bytes: identifiers.byteCount),
      File(name: "prices.csv", bytes: prices.byteCount),
    ]
    try quarterly.finish()
    try annual.finish()
    try prices.finish()
    try identifiers.finish()
    try delistings.finish()
    for (name, text) in small {
      try AtomicFile.write(text: text, to: "\(directory)/\(name)")
      files.append(File(name: name, bytes: text.utf8.count))
    }
    return files.sortedByBytes(of: \.name)
  }

  private static func table(
    _ directory: String, _ name: String, _ header: String
  ) throws(StorageError) -> FileWriter {
    var writer = try FileWriter(creating: "\(directory)/\(name)")
    try writer.write(Array(header.utf8).span.numberBytes)
    return writer
  }
}
