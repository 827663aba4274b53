/// A compiled point-in-time panel: immutable, shared, and all that training may see.
///
/// Rows are (firm, decision date) pairs sorted by (period, firm); columns are features. Nothing leads
/// from here back to raw tables, which is what keeps phase A out of phase B.
///
/// ```swift
/// let panel = try CompiledPanel(opening: "runs/demo")
/// panel.rows(of: Period("2015Q3")!)      // 20400..<20800
/// let window = try panel.features(upTo: 20_400)
/// window.column(0)[7]
/// ```
public struct CompiledPanel: Sendable {
  /// What the panel is and where it came from.
  public let manifest: CompileManifest
  /// Names of the columns, aligned with the matrix.
  public let featureNames: [String]
  /// For each row a key that depends on firm and decision date alone, not on its place.
  public let rowKeys: ArrayFile<UInt64>
  /// For each row the ordinal of its period, ascending.
  public let quarterIDs: ArrayFile<Int32>
  /// For each row the point-in-time risk flags, see `PointInTimeRisk`.
  public let riskFlags: ArrayFile<UInt8>
  /// For each row the firm key as text.
  public let firmKeys: KeyColumn
  /// Dates and further keys of the rows; `nil` for a panel that was made in memory.
  public let metadata: PanelMetadata?
  let labelColumns: [Horizon: PanelLabels]
  let matrix: FeatureMatrix
  let verifier: ChunkVerifier?
  /// Keeps others from removing the panel from its store; `nil` where it comes from no store.
  let use: FileLock?

  /// Assembles a panel from parts in memory; `labels` has one entry for each horizon.
  package init(
    manifest: CompileManifest, featureNames: [String], matrix: FeatureMatrix,
    rowKeys: ArrayFile<UInt64>, quarterIDs: ArrayFile<Int32>, riskFlags: ArrayFile<UInt8>,
    firmKeys: KeyColumn, labels: [Horizon: PanelLabels], verifier: ChunkVerifier? = nil,
    metadata: PanelMetadata? = nil, use: FileLock? = nil
  ) {
    self.manifest = manifest
    self.featureNames = featureNames
    self.matrix = matrix
    self.rowKeys = rowKeys
    self.quarterIDs = quarterIDs
    self.riskFlags = riskFlags
    self.firmKeys = firmKeys
    self.labelColumns = labels
    self.verifier = verifier
    self.metadata = metadata
    self.use = use
  }

  /// Number of rows.
  public var rowCount: Int { manifest.rowCount }
  /// Number of features.
  public var featureCount: Int { manifest.featureCount }
  /// The periods of the grid, in order.
  public var periods: [Period] { manifest.periods.map(\.period) }
  /// The horizons, ascending.
  public var horizons: [Horizon] { manifest.horizons }

  /// The entry of a period, or `nil` where the grid does not have it.
  public func entry(of period: Period) -> ManifestPeriod? {
    guard let first = manifest.periods.first?.period, first.frequency == period.frequency else {
      return nil
    }
    let index = first.distance(to: period)
    return manifest.periods.indices.contains(index) ? manifest.periods[index] : nil
  }

  /// The rows of a period, or `nil` where the grid does not have it.
  public func rows(of period: Period) -> Range<Int>? { entry(of: period)?.rows }

  /// Labels of a horizon, or `nil` where the panel does not have it.
  public func labels(_ horizon: Horizon) -> PanelLabels? { labelColumns[horizon] }

  /// The leading `rowCount` rows of the matrix, without a copy; checksums of what they touch are
  /// verified, once for each chunk.
  ///
  /// - Throws: `StorageError.corrupted` where the file differs from its manifest.
  public func features(upTo rowCount: Int) throws(StorageError) -> FeatureMatrix {
    try verifier?.verifyAll()
    return matrix.prefix(rows: rowCount)
  }
}
