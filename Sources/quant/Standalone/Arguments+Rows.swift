internal import QuantCore

extension Arguments {
  /// What infinite features are.
  var infinite: InfiniteFeatures { text(.infinite).flatMap(InfiniteFeatures.init) ?? .refuse }

  /// The threads that are asked for, or as many as there are.
  var threadCount: Int { integer(.threads) ?? ParallelFor.availableThreads }
}
