/// How many rows were dropped for one reason.
public struct DropCount: Codable, Hashable, Sendable {
  /// A fixed word, such as `staleRecord`.
  public var reason: String
  /// How many rows.
  public var count: Int

  /// Creates a count.
  public init(reason: String, count: Int) {
    self.reason = reason
    self.count = count
  }
}
