internal import QuantCore
internal import QuantLearners

/// Measures of a model on the rows that it was fitted to, and on those that chose its trees.
struct FitMetrics {
  var training: PredictionMetrics
  var validation: PredictionMetrics?
}

/// What `quant fit` says in the end.
struct FitReport {
  let settings: FitSettings
  let data: LabelledRows
  let validation: LabelledRows?
  let fit: StandaloneFit
  let metrics: FitMetrics
  let model: (path: String, bytes: Int)
  let continuedTrees: Int
  let meter: RunMeter
  let warnings: RunWarnings

  /// What was learned from what, and how well.
  var results: [ReportLine] {
    let (features, learner) = (data.features, settings.learner.identifier)
    var lines: [ReportLine] = [
      (
        "data",
        "\(NumberText.count(data.rowCount, "row")), \(NumberText.count(features.names.count, "column"))"
          + (validation.map { ", \(NumberText.count($0.rowCount, "validation row"))" } ?? "")
      ),
      (learner, iterations),
      ("training", FitReport.text(metrics.training)),
    ]
    if let validation = metrics.validation {
      lines.append(("validation", FitReport.text(validation)))
    }
    return lines
  }

  /// What the run took, and where the model is.
  var notes: [ReportLine] {
    meter.lines + [("model", "\(model.path), \(NumberText.bytes(model.bytes))")]
  }

  private var iterations: String {
    let unit = fit.model.treeCount == nil ? "iteration" : "tree"
    if fit.priorReason != nil { return "no \(unit), the prior alone" }
    var text = NumberText.count(fit.keptIteration, unit)
    if fit.keptIteration < fit.iterations {
      text += " of \(fit.iterations)" + (fit.isStoppedEarly ? ", stopped early" : "")
    }
    if continuedTrees > 0 { text += " after the \(continuedTrees) of the first model" }
    return text
  }

  private static func text(_ metrics: PredictionMetrics) -> String {
    metrics.measures.map { measure in
      "\(measure.name) \(measure.value.map { NumberText.fixed($0, 6) } ?? "undefined")"
    }.joined(separator: ", ")
  }

  var members: [String: JSONValue] {
    var members = meter.members
    members["learner"] = .string(settings.learner.identifier)
    members["parameters"] = settings.learner.parameters
    members["seed"] = .integer(Int(clamping: settings.seed))
    members["threads"] = .integer(settings.threads)
    members["rows"] = .integer(data.rowCount)
    members["columns"] = .integer(data.features.names.count)
    members["validationRows"] = validation.map { .integer($0.rowCount) } ?? .null
    members["infiniteValues"] = .integer(
      data.features.infiniteCount + (validation?.features.infiniteCount ?? 0))
    members["zeroWeightRows"] = .integer(data.zeroWeights)
    members["iterations"] = .integer(fit.iterations)
    members["bestIteration"] = .integer(fit.keptIteration)
    members["stoppedEarly"] = .bool(fit.isStoppedEarly)
    members["trees"] = fit.model.treeCount.map { .integer($0) } ?? .null
    members["priorOnly"] = .bool(fit.priorReason != nil)
    members["metrics"] = .object([
      "training": FitReport.document(metrics.training),
      "validation": metrics.validation.map { FitReport.document($0) } ?? .null,
    ])
    members["stopLosses"] = .array(fit.stopLosses.map { .number($0) })
    members["model"] = .object([
      "path": .string(model.path), "bytes": .integer(model.bytes),
      "prediction": .string(fit.model.kind.rawValue),
    ])
    members["warnings"] = warnings.document
    return members
  }

  static func document(_ metrics: PredictionMetrics) -> JSONValue {
    .object(
      Dictionary(
        metrics.measures.map { ($0.name, $0.value.map { .number($0) } ?? .null) }
      ) { first, _ in first })
  }
}
