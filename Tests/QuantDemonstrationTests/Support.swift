import QuantCore
import QuantDemonstration
import QuantTestSupport

/// The demonstration's truth at size small, simulated once for all tests.
let smallTruth = DemonstrationTruth(size: .small)

/// The size tiny, written once for all tests that only read it.
enum TinyTables {
  private static let text: Result<[String: String], any Error> = Result {
    let folder = try TemporaryFolder()
    var text: [String: String] = [:]
    for file in try DemonstrationData(size: .tiny).write(to: folder.path) {
      text[file.name] = try SystemCalls.readAll("\(folder.path)/\(file.name)")
    }
    return text
  }

  /// The lines of a table as dictionaries by column; numbers stay texts.
  static func rows(_ name: String) throws -> [[String: String]] {
    let lines = try text.get()[name, default: ""].split(separator: "\n")
    let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return lines.dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(uniqueKeysWithValues: zip(columns, fields))
    }
  }
}

/// Area under the ROC curve by ranks, ties sharing theirs; a naive reference.
func areaUnderCurve(_ scores: [Double], _ labels: [Bool]) -> Double {
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  var sum = 0.0
  var start = 0
  while start < order.count {
    var end = start
    while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
    let rank = Double(start + end + 1) / 2
    for place in start..<end where labels[order[place]] { sum += rank }
    start = end
  }
  let positives = Double(labels.count { $0 })
  let negatives = Double(labels.count) - positives
  return (sum - positives * (positives + 1) / 2) / (positives * negatives)
}

/// Fisher's linear discriminant: the best linear score where classes share a covariance matrix.
func linearDiscriminant(_ rows: [[Double]], _ labels: [Bool]) -> [Double] {
  let width = rows[0].count
  func mean(_ wanted: Bool) -> [Double] {
    let chosen = zip(rows, labels).filter { $0.1 == wanted }.map(\.0)
    return (0..<width).map { column in
      chosen.reduce(0) { $0 + $1[column] } / Double(chosen.count)
    }
  }
  let (events, others) = (mean(true), mean(false))
  // Covariance within classes, with the difference of means as the right-hand side.
  var system = (0..<width).map { row in
    (0..<width).map { column in
      zip(rows, labels).reduce(row == column ? 1e-6 : 0) { sum, entry in
        let center = entry.1 ? events : others
        return sum + (entry.0[row] - center[row]) * (entry.0[column] - center[column])
      }
    } + [(events[row] - others[row]) * Double(rows.count)]
  }
  for pivot in 0..<width {
    for row in 0..<width where row != pivot {
      let factor = system[row][pivot] / system[pivot][pivot]
      for column in pivot...width { system[row][column] -= factor * system[pivot][column] }
    }
  }
  let weights = (0..<width).map { system[$0][width] / system[$0][$0] }
  return rows.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
}
