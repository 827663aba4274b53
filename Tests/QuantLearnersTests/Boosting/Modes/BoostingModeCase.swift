@testable import QuantLearners

/// A mode or row selection, named for `modes.json`.
struct BoostingModeCase: CustomStringConvertible, Sendable {
  let description: String
  let configuration: BoostingConfiguration

  init(_ description: String, _ change: (inout BoostingConfiguration) -> Void) {
    self.description = description
    var configuration = BoostingConfiguration(leaves: 15)
    change(&configuration)
    self.configuration = configuration
  }

  static let all = [
    BoostingModeCase("dart") { $0.mode = .dart },
    BoostingModeCase("dart uniform") {
      $0.mode = .dart
      ($0.dropFraction, $0.dropSkipFraction, $0.isDropUniform) = (0.3, 0, true)
    },
    BoostingModeCase("goss") { $0.rowSelection = .gradient },
    BoostingModeCase("forest") {
      $0.mode = .randomForest
      ($0.rowFraction, $0.featureFraction) = (0.6, 0.6)
    },
    BoostingModeCase("classes") {
      ($0.positiveRowFraction, $0.negativeRowFraction) = (0.9, 0.3)
    },
    BoostingModeCase("frequency") { ($0.rowFraction, $0.rowFrequency) = (0.4, 5) },
  ]

  /// Those and mixtures of them, small enough for laws.
  static var lawful: [BoostingModeCase] {
    all + [
      BoostingModeCase("dart goss") {
        ($0.mode, $0.rowSelection, $0.learningRate) = (.dart, .gradient, 0.5)
        ($0.dropFraction, $0.dropSkipFraction, $0.maximumDropped) = (0.5, 0.2, 3)
      },
      BoostingModeCase("forest goss") {
        ($0.mode, $0.rowSelection, $0.featureFraction) = (.randomForest, .gradient, 0.5)
      },
      BoostingModeCase("dart of 300 leaves") {
        ($0.mode, $0.leaves, $0.minimumRowsInLeaf, $0.dropFraction) = (.dart, 300, 2, 0.5)
        ($0.objective, $0.rowFraction) = (.regression, 0.5)
      },
    ]
  }
}
