/// What was measured while one phase or task ran: one line of `logs/timing.csv`.
///
/// Times are wall seconds, memory is resident set size in MB (10^6 bytes); `nil` where the phase has no
/// such value.
public struct TimingRow: Hashable, Sendable {
  /// The phases that have a line.
  public enum Phase: String, Hashable, Sendable, CaseIterable {
    /// Raw tables became a panel, or the panel was found in the cache.
    case compile
    /// One task was trained and evaluated.
    case trainEval = "train_eval"
    /// One trial of a search.
    case automlTrial = "automl_trial"
    /// Repeats were put together.
    case stabilityAggregate = "stability_aggregate"
  }

  /// The phase.
  public var phase: Phase
  /// The run: a hash of inputs, configuration and code version.
  public var runID: String
  /// The task, or `nil` for a phase that is no task.
  public var task: TrainTask?
  /// Whether the panel was in the cache; compile only.
  public var isCacheHit: Bool?
  /// Rows that trained the model.
  public var trainRows: Int?
  /// Rows that were predicted.
  public var testRows: Int?
  /// Columns of the panel.
  public var features: Int?
  /// Seconds to split and sample.
  public var sliceSeconds: Double?
  /// Seconds to prepare and fit.
  public var fitSeconds: Double?
  /// Seconds to predict.
  public var predictSeconds: Double?
  /// Seconds to evaluate.
  public var evaluateSeconds: Double?
  /// Seconds in all.
  public var totalSeconds: Double
  /// Memory before.
  public var memoryBefore: Double?
  /// Memory after.
  public var memoryAfter: Double?
  /// Free text.
  public var notes: String

  /// Creates a line; everything but phase, run and total is optional.
  public init(
    phase: Phase, runID: String, task: TrainTask? = nil, isCacheHit: Bool? = nil,
    trainRows: Int? = nil, testRows: Int? = nil, features: Int? = nil,
    sliceSeconds: Double? = nil, fitSeconds: Double? = nil, predictSeconds: Double? = nil,
    evaluateSeconds: Double? = nil, totalSeconds: Double, memoryBefore: Double? = nil,
    memoryAfter: Double? = nil, notes: String = ""
  ) {
    self.phase = phase
    self.runID = runID
    self.task = task
    self.isCacheHit = isCacheHit
    self.trainRows = trainRows
    self.testRows = testRows
    self.features = features
    self.sliceSeconds = sliceSeconds
    self.fitSeconds = fitSeconds
    self.predictSeconds = predictSeconds
    self.evaluateSeconds = evaluateSeconds
    self.totalSeconds = totalSeconds
    self.memoryBefore = memoryBefore
    self.memoryAfter = memoryAfter
    self.notes = notes
  }

  /// The cells in the order of `TimingLog.columns`.
  var cells: [ResultTable.Cell] {
    [
      .text(phase.rawValue), .text(runID), .text(task?.period.description),
      .integer(task?.horizon.months), .integer(task?.repeatIndex), .text(task?.configurationID),
      .boolean(isCacheHit), .integer(trainRows), .integer(testRows), .integer(features),
      .rounded(sliceSeconds, 6), .rounded(fitSeconds, 6), .rounded(predictSeconds, 6),
      .rounded(evaluateSeconds, 6), .rounded(totalSeconds, 6), .rounded(memoryBefore, 3),
      .rounded(memoryAfter, 3), .text(notes.isEmpty ? nil : notes),
    ]
  }
}

/// `logs/timing.csv`: one line for each phase and task, in the order in which they ended.
///
/// The file is only ever appended to, under a lock and with one write a line, so several processes may
/// share it. It is the one place of a run folder that differs from run to run.
public struct TimingLog: Sendable {
  /// The columns, in order.
  public static let columns = [
    "phase", "run_id", "quarter", "horizon_mo", "repeat_id", "config_id", "cache_hit_compile",
    "n_train_rows", "n_test_rows", "n_features", "slice_seconds", "fit_seconds", "predict_seconds",
    "eval_seconds", "total_seconds", "rss_before_mb", "rss_after_mb", "notes",
  ]

  /// The file.
  public let path: String

  /// A log in a file, which need not be there yet; its folder must.
  public init(path: String) {
    self.path = path
  }

  /// Appends one line, and the header before it where the file is new.
  ///
  /// - Throws: `StorageError.unwritable`, with the file as it was before.
  public func append(_ row: TimingRow) throws(StorageError) {
    do throws(SystemCalls.Failure) {
      let descriptor = try SystemCalls.open(appending: path)
      defer { SystemCalls.close(descriptor) }
      _ = try SystemCalls.lock(descriptor, wait: true)
      let before = try SystemCalls.status(of: descriptor).size
      var table = ResultTable(Self.columns)
      table.append(row.cells)
      let bytes = before == 0 ? table.encoded() : table.encodedRows()
      do throws(SystemCalls.Failure) {
        try SystemCalls.write(descriptor, bytes.span.numberBytes)
      } catch {
        try SystemCalls.truncate(descriptor, to: before)
        throw error
      }
    } catch {
      throw .unwritable(path: path, reason: error.description, isNoSpace: error.isNoSpace)
    }
  }
}
