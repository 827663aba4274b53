@testable import QuantLearners

/// Twenty configurations that reach every part of a fit which draws, sums or compares.
enum ExactnessConfigurations {
  static let all: [(name: String, configuration: BoostingConfiguration)] = [
    ("plain", BoostingConfiguration()),
    ("small leaves", BoostingConfiguration(leaves: 63, minimumRowsInLeaf: 2)),
    ("stumps", BoostingConfiguration(leaves: 2)),
    ("depth 3", BoostingConfiguration(leaves: 31, maximumDepth: 3)),
    ("least hessian", BoostingConfiguration(minimumRowsInLeaf: 1, minimumHessianInLeaf: 4)),
    ("full step", BoostingConfiguration(learningRate: 1)),
    ("half of features", BoostingConfiguration(featureFraction: 0.5)),
    ("half of rows", BoostingConfiguration(rowFraction: 0.5)),
    ("both drawn", BoostingConfiguration(featureFraction: 0.7, rowFraction: 0.8, l2: 1)),
    ("l1", BoostingConfiguration(l1: 2)),
    ("l2", BoostingConfiguration(l2: 10)),
    ("least gain", BoostingConfiguration(minimumGain: 1)),
    ("63 bins", BoostingConfiguration(maximumBins: 63)),
    ("15 bins", BoostingConfiguration(maximumBins: 15)),
    ("2 bins", BoostingConfiguration(maximumBins: 2)),
    ("squared error", BoostingConfiguration(objective: .regression)),
    (
      "squared error, drawn",
      BoostingConfiguration(objective: .regression, featureFraction: 0.6, rowFraction: 0.6)
    ),
    ("squared error, l1", BoostingConfiguration(objective: .regression, l1: 1, l2: 1)),
    (
      "squared error, deep",
      BoostingConfiguration(objective: .regression, leaves: 127, minimumRowsInLeaf: 1)
    ),
    (
      "everything",
      BoostingConfiguration(
        leaves: 15, maximumDepth: 5, minimumRowsInLeaf: 5, featureFraction: 0.8, rowFraction: 0.7,
        l1: 0.1, l2: 0.5, minimumGain: 0.05, maximumBins: 31)
    ),
  ]
}
