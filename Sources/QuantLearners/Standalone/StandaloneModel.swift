public import QuantCore

/// What the predictions of a model are.
public enum PredictionKind: String, Codable, Hashable, Sendable {
  /// The probability of an event.
  case probability
  /// An estimate in the units of the labels.
  case value
  /// A score whose order alone has a meaning.
  case rank
}

/// A model that stands by itself: it knows its columns, and a file can hold it.
public protocol StandaloneModel: Predictor {
  /// Names of the features, in the order of the columns that are predicted.
  var featureNames: [String] { get }
  /// What predictions are.
  var kind: PredictionKind { get }
  /// Trees, or whatever the model is made of; `nil` where it has no such parts.
  var treeCount: Int? { get }
  /// Whether every row gets the same prediction.
  var isConstant: Bool { get }

  /// The prediction that belongs to a raw score: unlike `probability(raw:)` in the units of `kind`.
  func prediction(raw: Double) -> Double

  /// The content of a model file; the end of the path may choose between forms.
  ///
  /// - Throws: `StorageError` where the form cannot hold this model.
  func fileContent(for path: String) throws(StorageError) -> [UInt8]

  /// Whether the content of a file begins like a model of this kind.
  ///
  /// - Parameter start: at most the first 4,096 bytes.
  static func recognizes(_ start: [UInt8]) -> Bool

  /// Reads a model file.
  ///
  /// - Throws: `StorageError`.
  init(contentsOf path: String) throws(StorageError)
}

extension StandaloneModel {
  /// Writes a model file; it appears whole or not at all.
  ///
  /// - Throws: `StorageError`.
  public func writeFile(to path: String) throws(StorageError) {
    let content = try fileContent(for: path)
    try AtomicFile.write(content.span.numberBytes, to: path)
  }

  /// The raw scores of some rows.
  ///
  /// - Complexity: that of `predictRaw`, on several threads.
  public func rawScores(
    _ features: FeatureMatrix, rows: Range<Int>, threads: Int
  ) -> [Double] {
    let parts = ParallelFor.ranges(
      of: rows.count, parts: max(1, min(8 * threads, rows.count / 512)))
    let scores = DisjointSlices(repeating: 0.0, count: rows.count, ranges: parts)
    ParallelFor.run(count: parts.count, threads: threads) { part in
      scores.withSlice(part) { slice, range in
        let places = range.map { Int32(rows.lowerBound + $0) }
        let part = [Double](capacity: places.count) { output in
          predictRaw(features, rows: places.span, into: &output)
        }
        for index in part.indices { slice[index] = part[index] }
      }
    }
    return scores.take()
  }
}
