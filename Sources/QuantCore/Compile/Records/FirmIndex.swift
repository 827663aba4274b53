/// The firms of a panel: their keys as text (zero padding kept), sorted by bytes.
struct FirmIndex: Sendable {
  /// The keys, ascending by bytes.
  let keys: [String]
  private let places: [ExactText: Int32]

  /// Collects distinct keys; keys are equal where all their bytes are.
  init(_ keys: some Sequence<String>) {
    self.keys = Set(keys.map(ExactText.init)).map(\.text).sortedByBytes()
    places = Dictionary(
      uniqueKeysWithValues: self.keys.enumerated().map { (ExactText(text: $1), Int32($0)) })
  }

  /// The number of firms.
  var count: Int { keys.count }

  /// The place of a firm, or `nil` where the panel does not have it.
  func place(of key: String) -> Int32? { places[ExactText(text: key)] }
}
