/// The best split of a node so far, and what it takes to be better.
///
/// Most bins cost no division: with a = G_l², b = G_r², the gain a / H_l + b / H_r beats g only if
/// a H_r + b H_l beats g H_l H_r. Bins that come within 2^-40 of the best so far are valued exactly; the
/// products are wrong by at most 2^-49, so none is missed, and the result is that of valuing every bin.
struct SplitSearch {
  let rules: SplitRules
  let total: NodeSum
  let output: NodeOutput
  let threshold: Double
  private(set) var best: SplitCandidate?
  /// Gains below this are not looked at.
  private(set) var screen: Double

  init(rules: SplitRules, total: NodeSum, output: NodeOutput = NodeOutput()) {
    self.rules = rules
    self.total = total
    self.output = output
    threshold = rules.threshold(total, output)
    screen = threshold * (1 - 0x1p-40)
  }

  /// Offers a split whose children are acceptable.
  @inline(__always)
  mutating func offer(_ left: NodeSum, feature: Int, bin: Int, isMissingLeft: Bool) {
    let right = total - left
    let a = rules.shrunk(Double(left.gradient))
    let b = rules.shrunk(Double(right.gradient))
    let leftHessian = Double(left.hessian) + rules.l2
    let rightHessian = Double(right.hessian) + rules.l2
    let product = a * a * rightHessian + b * b * leftHessian
    guard product >= screen * (leftHessian * rightHessian) else { return }
    offer(
      left, feature: feature, .atMost(bin: bin, isMissingLeft: isMissingLeft),
      gain: rules.gain(left, right))
  }

  /// Offers a split, if its children are acceptable and in order, with its exact value.
  mutating func offerExactly(
    _ left: NodeSum, feature: Int, _ question: BinQuestion, direction: MonotoneDirection = .free,
    addedL2: Double = 0
  ) {
    let right = total - left
    guard rules.accepts(left), rules.accepts(right),
      let gain = rules.gain(left, right, below: output, direction: direction, addedL2: addedL2)
    else { return }
    offer(left, feature: feature, question, gain: gain)
  }

  @inline(never)
  private mutating func offer(
    _ left: NodeSum, feature: Int, _ question: BinQuestion, gain: Double
  ) {
    guard gain > threshold else { return }
    let candidate = SplitCandidate(gain: gain, feature: feature, question: question, left: left)
    guard best.map({ candidate.precedes($0) }) ?? true else { return }
    best = candidate
    screen = gain * (1 - 0x1p-40)
  }
}
