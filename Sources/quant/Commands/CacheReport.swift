internal import QuantCore

/// What `quant cache ls` and `quant cache gc` say, for reading and for programs.
struct CacheReport {
  private let directory: String
  /// What the entries are about, by path; a removed one cannot be asked any more.
  private var subjects: [String: String] = [:]
  /// What is there, or what was removed.
  var entries: [StoreEntry] = []
  /// What a cleaning did; `nil` for a list.
  var cleaning: (limit: Int, isRehearsal: Bool, done: StoreCleaning)?

  init(_ directory: String, all entries: [StoreEntry] = []) {
    self.directory = directory
    for entry in entries { subjects[entry.path] = CacheReport.subject(of: entry) }
  }

  /// A table and a line with the sum.
  func text(style: Style) -> String {
    var text = ""
    if !entries.isEmpty {
      var table = TextTable([
        .text("last use (UTC)"), .number("size"), .text("kind"), .text("what"),
        .text("fingerprint"),
      ])
      for entry in entries {
        table.append([
          CacheReport.time(entry.lastUse), NumberText.bytes(entry.bytes),
          entry.kind.rawValue + (entry.isInUse ? ", in use" : ""), subjects[entry.path] ?? "new",
          String(entry.name.prefix(entry.kind == .unfinished ? 40 : 12)),
        ])
      }
      text = table.text(style: style)
    }
    let size = NumberText.bytes(entries.reduce(0) { $0 + $1.bytes })
    guard let cleaning else {
      return text + "\(CacheReport.count(entries.count)), \(size)\n"
    }
    let kept = cleaning.done.kept
    let used = kept.filter(\.isInUse)
    text += "\(cleaning.isRehearsal ? "would remove" : "removed") "
    text += "\(CacheReport.count(entries.count)), \(size); "
    text += "\(cleaning.isRehearsal ? "would keep" : "kept") \(CacheReport.count(kept.count)), "
    text += NumberText.bytes(cleaning.done.bytesKept)
    if !used.isEmpty { text += ", of which \(NumberText.grouped(used.count)) in use" }
    return text + "\n"
  }

  /// The members of the JSON object.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = ["directory": .string(directory)]
    func documents(_ entries: [StoreEntry]) -> JSONValue {
      .array(entries.map(document))
    }
    guard let cleaning else {
      members["entries"] = documents(entries)
      members["bytes"] = .integer(entries.reduce(0) { $0 + $1.bytes })
      return members
    }
    members["maxSize"] = .integer(cleaning.limit)
    members["isDryRun"] = .bool(cleaning.isRehearsal)
    members["removed"] = documents(cleaning.done.removed)
    members["kept"] = documents(cleaning.done.kept)
    members["bytesRemoved"] = .integer(cleaning.done.bytesRemoved)
    members["bytesKept"] = .integer(cleaning.done.bytesKept)
    return members
  }

  private func document(_ entry: StoreEntry) -> JSONValue {
    .object([
      "kind": .string(entry.kind.rawValue), "name": .string(entry.name),
      "path": .string(entry.path), "bytes": .integer(entry.bytes),
      "lastUse": .integer(entry.lastUse), "isInUse": .bool(entry.isInUse),
      "what": .string(subjects[entry.path] ?? "new"),
    ])
  }

  /// What an entry is about: the panel's name and shape, or why it has none.
  private static func subject(of entry: StoreEntry) -> String {
    guard entry.kind != .unfinished else {
      return entry.isInUse ? "at work, or of another machine" : "left behind"
    }
    guard let manifest = try? CompileManifest(opening: entry.path) else {
      return "unreadable manifest"
    }
    return "\(manifest.name), \(NumberText.grouped(manifest.rowCount)) x "
      + NumberText.grouped(manifest.featureCount)
  }

  private static func count(_ number: Int) -> String {
    "\(NumberText.grouped(number)) \(number == 1 ? "entry" : "entries")"
  }

  /// A time as `2026-03-31 14:05`, in UTC.
  static func time(_ seconds: Int) -> String {
    let day = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
    let minute = (seconds - day * 86_400) / 60
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(CalendarDate(daysSinceEpoch: Int32(clamping: day))) "
      + "\(padded(minute / 60)):\(padded(minute % 60))"
  }
}
