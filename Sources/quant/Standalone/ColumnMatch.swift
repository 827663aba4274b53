internal import QuantCore
internal import QuantLearners

/// Where wanted columns are found among those of features.
struct ColumnMatch {
  /// For each wanted column its place among the features.
  let places: [Int]
  /// Columns of the features that nobody wants.
  let ignored: [String]

  /// Matches by name where both sides have names, otherwise by place.
  ///
  /// - Parameters:
  ///   - wanted: names of the wanted columns.
  ///   - owner: the file that wants them.
  /// - Throws: `TableError` for a column that is missing, `CommandFailure` for another number of them.
  init(
    _ wanted: [String], hasNames: Bool, owner: String, in source: (path: String, names: [String])
  ) throws {
    guard hasNames else {
      guard source.names.count == wanted.count else {
        throw CommandFailure(
          .lengths,
          "\(source.path): \(source.names.count) columns, \(owner) has \(wanted.count); "
            + "accepted: the same columns in the same order")
      }
      places = Array(wanted.indices)
      ignored = []
      return
    }
    var placeOf: [String: Int] = [:]
    for (place, name) in source.names.enumerated() { placeOf[name] = place }
    var places: [Int] = []
    for name in wanted {
      guard let place = placeOf.removeValue(forKey: name) else {
        throw TableError(
          .missingColumn, file: source.path, column: name,
          value: "is missing, \(owner) has it",
          accepted: NearestName.accepted(for: name, among: source.names))
      }
      places.append(place)
    }
    self.places = places
    ignored = source.names.filter { placeOf[$0] != nil }
  }

  /// Whether all columns stand where they are wanted.
  var isInOrder: Bool { ignored.isEmpty && places == Array(places.indices) }

  /// The wanted columns of a matrix.
  func of(_ features: FeatureMatrix) -> FeatureMatrix {
    isInOrder ? features : features.selecting(columns: places)
  }
}
