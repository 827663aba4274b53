/// A compiled panel and how it was come by.
public struct CompileOutcome: Sendable {
  /// The panel, mapped from the store.
  public let panel: CompiledPanel
  /// Whether the panel was there already.
  public let isCacheHit: Bool
  /// The folder of the panel.
  public let directory: String
  /// The key of the panel in the store.
  public let fingerprint: Fingerprint
  /// Wall time of this call, in seconds.
  public let seconds: Double
  /// Size of all files of the panel, in bytes.
  public let bytes: Int
  /// What a user should know: a damaged entry that was replaced, features without any value.
  public let notices: [String]
}
