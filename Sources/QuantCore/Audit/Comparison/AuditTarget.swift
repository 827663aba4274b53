/// What must not move when later records change.
public enum AuditSubject: String, Hashable, Sendable, CaseIterable {
  /// Which firms are candidates at which decision dates.
  case rows
  /// Dates, keys and risk flags of the record behind each row.
  case metadata
  /// One column of X.
  case feature
  /// Days on which labels are known, and the labels that are known by the audited date.
  case labels
  /// Training, fit, stop, calibration and test rows of every earlier task.
  case splits
  /// Raw scores of the newest task that can be trained.
  case predictions
}

/// The first value that moved.
public struct AuditedMove: Hashable, Sendable {
  /// The decision date of the row.
  public var period: Period
  /// The firm of the row, or `nil` where a whole period is meant.
  public var firm: String?
  /// The value without the poison.
  public var old: String
  /// The value with it.
  public var new: String
}

/// What became of one thing that must not move, under one poison.
struct TargetComparison: Sendable {
  var subject: AuditSubject
  var name: String
  /// Values that were compared.
  var values = 0
  /// Their size.
  var bytes = 0
  /// Values that differ.
  var moved = 0
  var first: AuditedMove?
}
