import Foundation
import QuantCore
import QuantTestSupport

/// A folder with small arrays to fit and predict, and commands run in it.
struct ArrayBench {
  let folder: TemporaryFolder
  /// Features, row by row.
  let features: [[Float]]
  let labels: [Float]

  /// Rows of which each has a key of its own through its content.
  init(rows: Int = 400, columns: Int = 5, seed: UInt64 = 1) throws {
    folder = try TemporaryFolder()
    var random = SplitMix64(seed: seed)
    var features: [[Float]] = []
    var labels: [Float] = []
    for _ in 0..<rows {
      let row = (0..<columns).map { _ in
        random.unit() < 0.1 ? Float.nan : Float(random.normal())
      }
      let score = (row[0].isNaN ? 0 : row[0]) + (row[1].isNaN || row[1] > 0 ? 1 : -1) * 0.8
      features.append(row)
      labels.append(random.unit() < Elementary.logistic(Double(2 * score)) ? 1 : 0)
    }
    self.features = features
    self.labels = labels
    try write("X.npy", features.flatMap { $0 }, [rows, columns])
    try write("y.npy", labels, [rows])
  }

  var shape: [Int] { [features.count, features[0].count] }

  /// Writes numbers as an array; `values` stand row by row unless `fortran`.
  @discardableResult
  func write<Element: NPYElement>(
    _ name: String, _ values: [Element], _ shape: [Int], fortran: Bool = false
  ) throws -> String {
    try folder.write(ArrayBench.bytes(values, shape, fortran: fortran), to: name)
  }

  static func bytes<Element: NPYElement>(
    _ values: [Element], _ shape: [Int], fortran: Bool = false
  ) -> [UInt8] {
    var bytes = NPY.header(type: Element.npyType, shape: shape, fortranOrder: fortran)
    bytes.append(copying: values.span.numberBytes)
    return bytes
  }

  /// The header of an array whose dictionary is given as text, and some bytes after it.
  static func forged(_ dictionary: String, data: [UInt8] = []) -> [UInt8] {
    let text = Array(dictionary.utf8)
    let length = [
      UInt8(truncatingIfNeeded: text.count), UInt8(truncatingIfNeeded: text.count >> 8),
    ]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + text + data
  }

  /// A table of features and labels.
  func table(_ names: [String], order: [Int]? = nil, label: String? = "y") -> String {
    let order = order ?? Array(names.indices)
    var text = order.map { names[$0] }.joined(separator: ",") + (label.map { ",\($0)" } ?? "")
    for (row, label01) in zip(features, labels) {
      text += "\n" + order.map { row[$0].isNaN ? "" : row[$0].description }.joined(separator: ",")
      if label != nil { text += ",\(label01)" }
    }
    return text + "\n"
  }

  /// Runs `quant` in the folder.
  func run(_ arguments: [String]) throws -> QuantProcess.Result {
    var process = QuantProcess()
    process.directory = folder.path
    return try process(arguments)
  }

  func run(_ arguments: String...) throws -> QuantProcess.Result { try run(arguments) }

  /// Fits and returns the bytes of the model.
  func model(_ arguments: String...) throws -> [UInt8] {
    let result = try run(
      ["fit", "--model", "model.gbm", "--trees", "8", "--set", "num_leaves=7"] + arguments)
    guard result.status == 0 else { throw Failed(errors: result.errors) }
    return try FileBytes.read(folder.file("model.gbm"))
  }

  struct Failed: Error { var errors: String }

  /// The numbers of a one-dimensional array of Float64.
  func numbers(_ name: String) throws -> [Double] {
    try NumericArray(path: folder.file(name)).doubles()
  }
}
