/// Histograms as a textbook computes them: the twin that tests hold the kernels against.
enum HistogramReference {
  /// The sums of each code of one column of a group, row by row.
  static func sums(
    codes: [UInt8], width: Int, column: Int, rows: [Int32], gradients: [Int64], hessians: [Int64]
  ) -> [NodeSum] {
    var sums = [NodeSum](repeating: NodeSum(), count: 256)
    for row in rows {
      let code = Int(codes[Int(row) * width + column])
      sums[code] =
        sums[code]
        + NodeSum(gradient: gradients[Int(row)], hessian: hessians[Int(row)], count: 1)
    }
    return sums
  }

  /// The best split of one feature by trying every bin and both sides for missing values.
  static func split(
    _ sums: [NodeSum], bins: Int, feature: Int, total: NodeSum, rules: SplitRules
  ) -> SplitCandidate? {
    var best: SplitCandidate?
    let missing = sums[255]
    for isMissingLeft in missing.count > 0 ? [false, true] : [false] {
      var left = isMissingLeft ? missing : NodeSum()
      for bin in 0..<bins {
        left = left + sums[bin]
        let right = total - left
        guard rules.accepts(left), rules.accepts(right) else { continue }
        let gain = rules.gain(left, right)
        guard gain > rules.threshold(total, NodeOutput()) else { continue }
        let candidate = SplitCandidate(
          gain: gain, feature: feature,
          question: .atMost(
            bin: bin,
            isMissingLeft: missing.count > 0 ? isMissingLeft : 2 * left.count >= total.count),
          left: left)
        if best.map({ candidate.precedes($0) }) ?? true { best = candidate }
      }
    }
    return best
  }
}
