import QuantCore
import QuantTestSupport

@testable import QuantLearners

/// Rows with what could surprise a reader of trees.
enum ModelProbe {
  static let rows = 100
  static let special: [Float] = [
    .nan, .infinity, -.infinity, 0, -0.0, 0x1p-140, -0x1p-118, 3e9, -1, 0.5, 31, 32, -0.5,
    .greatestFiniteMagnitude,
  ]

  static func features(columns: Int) -> FeatureMatrix {
    var random = SplitMix64(seed: 11)
    return FeatureMatrix(
      columns: (0..<columns).map { _ in
        (0..<rows).map { _ in
          random.next() % 3 == 0
            ? special[Int(random.next() % UInt64(special.count))] : Float(random.normal() * 3)
        }
      })
  }

  /// The content of a committed model.
  static func fixture(_ name: String) throws -> [UInt8] {
    let file = try MappedFile(path: FixtureFile.path("interchange/" + name))
    return [UInt8](copying: file.bytes)
  }

  /// Reads bytes by the format that they begin like, as files are.
  static func model(_ bytes: [UInt8]) throws(StorageError) -> TreeEnsemble {
    switch ModelFormat(bytes.span.numberBytes) {
    case .own?: try TreeEnsemble(fileBytes: bytes, path: "m")
    case .lightGBM?:
      try TreeEnsemble(lightGBMText: String(decoding: bytes, as: UTF8.self), path: "m")
    default: try TreeEnsemble(xgboost: bytes, path: "m")
    }
  }

  /// Why bytes are refused, or `nil` where they are read.
  static func problem(_ bytes: [UInt8]) -> String? {
    do throws(StorageError) {
      _ = try model(bytes)
      return nil
    } catch {
      return error.problem
    }
  }
}

extension TreeEnsemble {
  func scores(_ features: FeatureMatrix) -> [Double] {
    let rows = (0..<features.rowCount).map { Int32($0) }
    return [Double](capacity: rows.count) { predictRaw(features, rows: rows.span, into: &$0) }
  }

  /// The scores of a hundred random rows.
  func probeScores() -> [Double] { scores(ModelProbe.features(columns: featureNames.count)) }
}
