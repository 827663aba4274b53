/// One array that several threads fill at once, each its own range.
///
/// The array is cut at fixed boundaries; a worker asks for a slice by its number and receives a
/// `MutableSpan` of that range alone. A slice must be used by one worker at a time, which
/// `ParallelFor` guarantees when the slice number is the iteration.
///
/// ```swift
/// let cells = DisjointSlices(repeating: Float(0), count: 100, ranges: ParallelFor.ranges(of: 100, parts: 4))
/// ParallelFor.run(count: 4, threads: 2) { part in
///   cells.withSlice(part) { slice, range in slice[0] = Float(range.lowerBound) }
/// }
/// let values = cells.take()
/// ```
@safe
package final class DisjointSlices<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // @unchecked: the class shares one buffer between threads. `init` checks that ranges are disjoint
  // and inside the buffer, and a slice is handed to one caller at a time.
  private let buffer: UnsafeMutableBufferPointer<Element>
  private let ranges: [Range<Int>]

  /// Allocates `count` elements and cuts them at `ranges`, which must be ascending and disjoint.
  package init(repeating value: Element, count: Int, ranges: [Range<Int>]) {
    var previous = 0
    for range in ranges {
      precondition(range.lowerBound >= previous && range.upperBound <= count, "ranges overlap")
      previous = range.upperBound
    }
    unsafe buffer = .allocate(capacity: count)
    unsafe buffer.initialize(repeating: value)
    self.ranges = ranges
  }

  deinit {
    unsafe buffer.deallocate()
  }

  /// The number of slices.
  package var count: Int { ranges.count }

  /// Calls `body` with slice `index` as a mutable span, and the range that it covers.
  package func withSlice<Result, Failure: Error>(
    _ index: Int, _ body: (inout MutableSpan<Element>, Range<Int>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = ranges[index]
    let part = unsafe UnsafeMutableBufferPointer(rebasing: buffer[range])
    var span = unsafe MutableSpan(_unsafeElements: part)
    return try body(&span, range)
  }

  /// The whole content as an array, once all workers are done.
  package func take() -> [Element] {
    unsafe Array(buffer)
  }

  /// Calls `body` with the whole content, once all workers are done.
  package func withAll<Result, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let span = unsafe Span(_unsafeElements: UnsafeBufferPointer(buffer))
    return try body(span)
  }
}
