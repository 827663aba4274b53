/// The wall between compiling and training, at run time.
///
/// The types already keep raw tables out of training code; this catches code that starts a compile
/// of its own from inside a training task. The mark belongs to the current task or thread, so that
/// unrelated work elsewhere in the process may go on compiling.
package enum PhaseGuard {
  @TaskLocal private static var isInsideTraining = false

  /// Whether the current task or thread is inside a training scope.
  package static var isTraining: Bool { isInsideTraining }

  /// Runs one training task: any compile that it starts on this task or thread throws.
  ///
  /// - Throws: what `body` throws.
  package static func training<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // TaskLocal.withValue is not generic over the error, so the outcome travels as a value.
    let outcome: Swift.Result<Result, Failure> = $isInsideTraining.withValue(true) {
      do throws(Failure) {
        return .success(try body())
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }
}
