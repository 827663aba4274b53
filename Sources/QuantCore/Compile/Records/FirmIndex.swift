/// The firms of a panel: their keys as text (zero padding kept), sorted by bytes.
struct FirmIndex: Sendable {
  /// The keys, ascending by bytes.
  let keys: [String]
  private let places: [String: Int32]

  /// Collects distinct keys.
  init(_ keys: some Sequence<String>) {
    self.keys = Set(keys).sortedByBytes()
    places = Dictionary(
      uniqueKeysWithValues: self.keys.enumerated().map { ($1, Int32($0)) })
  }

  /// The number of firms.
  var count: Int { keys.count }

  /// The place of a firm, or `nil` where the panel does not have it.
  func place(of key: String) -> Int32? { places[key] }
}
