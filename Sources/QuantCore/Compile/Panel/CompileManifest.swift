/// What a compiled panel is: `compile_manifest.json`.
///
/// Everything in it is a function of inputs, configuration and code version but for `codeCommit`,
/// so two compiles of the same inputs write the same bytes.
public struct CompileManifest: Codable, Hashable, Sendable {
  /// Version of the artifact layout; readers refuse others.
  public var formatVersion: Int
  /// Version of the compile's results; part of the cache key.
  public var compileVersion: Int
  /// The cache key: hash of inputs, compile configuration, `compileVersion` and recipe versions.
  public var fingerprint: String
  /// The commit the program was built from, with `+dirty` where it had changes; not in the key.
  public var codeCommit: String
  /// The name of the configuration.
  public var name: String
  /// Rows of `X_global`.
  public var rowCount: Int
  /// Columns of `X_global`.
  public var featureCount: Int
  /// Element type of each array, by artifact name, as NumPy writes it (`<f4`).
  public var dtypes: [String: String]
  /// SHA-256 of `feature_names.json`.
  public var featureNamesSHA256: String
  /// The decision dates, in order.
  public var periods: [ManifestPeriod]
  /// The horizons, ascending.
  public var horizons: [Horizon]
  /// Days after a label window until its events are recorded.
  public var recordingLagDays: Int
  /// Days between the day a training label is known and a decision that may use it.
  public var embargoDays: Int
  /// Last day that the events cover.
  public var coveredTo: CalendarDate
  /// The inputs with their digests.
  public var inputs: [ManifestInput]
  /// Where every row of every source went.
  public var sources: [SourceAccount]
  /// Where every firm and decision date went.
  public var grid: SourceAccount
  /// Coverage rates, by name.
  public var coverage: [String: Double]
  /// Features that are kept although every value is missing.
  public var allMissingFeatures: [String]
  /// The recipes that ran, in order, as `identifier@version`.
  public var recipes: [String]
  /// The compile configuration.
  public var configuration: JSONValue
  /// Every other file of the panel with its checksums.
  public var files: [ManifestFile]
}

/// One decision date.
public struct ManifestPeriod: Codable, Hashable, Sendable {
  /// The period.
  public var period: Period
  /// The value of `quarter_id` of its rows.
  public var quarterID: Int32
  /// The day of the decision.
  public var decisionDate: CalendarDate
  /// First row.
  public var firstRow: Int
  /// Number of rows.
  public var rowCount: Int
  /// The rows of the period.
  public var rows: Range<Int> { firstRow..<firstRow + rowCount }
}

/// One input file.
public struct ManifestInput: Codable, Hashable, Sendable {
  /// The path as the configuration gives it.
  public var file: String
  /// Size in bytes.
  public var bytes: Int
  /// SHA-256 of the content, hexadecimal.
  public var sha256: String
}
