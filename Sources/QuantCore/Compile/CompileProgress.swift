/// How far a compile has come.
public struct CompileProgress: Hashable, Sendable {
  /// The steps, in order.
  public enum Stage: String, Hashable, Sendable, CaseIterable {
    /// Inputs are hashed for the cache key.
    case hashing
    /// Another process compiles the same panel; this one waits and reuses it.
    case waiting
    /// Tables are read.
    case reading
    /// Records, rows and labels are put on the grid.
    case aligning
    /// Recipes run.
    case features
    /// Files are written.
    case writing
  }

  /// The step.
  public let stage: Stage
  /// What is being worked on: a file, a recipe.
  public let detail: String
  /// How many parts of the step are done.
  public let completed: Int
  /// How many parts the step has.
  public let total: Int
}
