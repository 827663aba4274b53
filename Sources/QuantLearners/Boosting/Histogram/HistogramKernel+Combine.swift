// Turning, subtracting and narrowing histograms, word by word. Fast because every loop is one pass over
// neighbouring words that the compiler turns into vectors. Assumes that both sides have the same bins.

/// Adds packed sums to wide ones, and leaves zeros.
///
/// The spans of wide sums begin at `start`, those of packed ones at `first`.
func widen(
  _ packed: inout MutableSpan<Int64>, from first: Int, gradients: inout MutableSpan<Int64>,
  others: inout MutableSpan<Int64>, at start: Int, count: Int
) {
  precondition(first >= 0 && count >= 0 && first &+ count <= packed.count)
  precondition(start >= 0 && start &+ count <= gradients.count)
  precondition(start &+ count <= others.count)
  for index in 0..<count {
    let word = unsafe packed[unchecked: first &+ index]
    unsafe packed[unchecked: first &+ index] = 0
    unsafe gradients[unchecked: start &+ index] &+= PackedSum.gradient(word)
    unsafe others[unchecked: start &+ index] &+= WideSum.hessianAndCount(word)
  }
}

/// All bits of the counts of packed sums: a number that none of the counts exceeds, nor half of them all.
func countBits(_ packed: Span<Int64>, from first: Int, count: Int) -> Int {
  precondition(first >= 0 && count >= 0 && first &+ count <= packed.count)
  var bits: Int64 = 0
  for index in first..<first &+ count { unsafe bits |= packed[unchecked: index] }
  return Int(PackedSum.count(bits))
}

/// Subtracts one half of a histogram from the same half of another, where both have one form.
func subtract(_ part: Span<Int64>, from whole: inout MutableSpan<Int64>) {
  precondition(whole.count >= part.count)
  for index in part.indices {
    unsafe whole[unchecked: index] &-= part[unchecked: index]
  }
}

/// Subtracts packed sums from wide ones.
func subtract(
  packed: Span<Int64>, gradients: inout MutableSpan<Int64>, others: inout MutableSpan<Int64>
) {
  precondition(gradients.count >= packed.count && others.count >= packed.count)
  for index in packed.indices {
    let word = unsafe packed[unchecked: index]
    unsafe gradients[unchecked: index] &-= PackedSum.gradient(word)
    unsafe others[unchecked: index] &-= WideSum.hessianAndCount(word)
  }
}

/// Packs the first `count` wide sums of at most 4,096 rows; the words replace the gradients.
func narrow(gradients: inout MutableSpan<Int64>, others: Span<Int64>, count: Int) {
  precondition(count <= gradients.count && count <= others.count)
  for index in 0..<count {
    let other = unsafe others[unchecked: index]
    let gradient = unsafe gradients[unchecked: index]
    unsafe gradients[unchecked: index] =
      gradient &<< PackedSum.gradientShift &+ WideSum.hessian(other) &<< PackedSum.countBits
      &+ WideSum.count(other)
  }
}
