import Foundation
import QuantTestSupport
import Testing

@testable import quant

@Suite("The command as a process") struct ProcessTests {
  @Test("Exit codes and streams of help, version and mistakes")
  func streams() throws {
    let quant = QuantProcess()
    let help = try quant("--help")
    #expect(help.status == 0 && help.errors.isEmpty && help.output.contains("Commands"))
    let none = try quant()
    #expect(none.status == 64 && none.output.isEmpty && none.errors.contains("Commands"))
    let version = try quant("--version")
    #expect(version.output.hasPrefix("quant \(BuildInformation.version) ("))
    for arguments in [
      ["complie"], ["train", "--confg", "x"], ["train", "--config"], ["train"],
      ["verify"], ["verify", "a", "b"], ["train", "--mode", "fast"], ["train", "--quiet=1"],
      ["learners", "--json", "--json"], ["config", "shwo"],
    ] {
      let result = try quant(arguments)
      #expect(result.status == 64, "\(arguments)")
      #expect(result.output.isEmpty)
      #expect(result.errorLines.count == 1, "\(result.errors)")
      #expect(result.errors.hasPrefix("quant: error: ") && result.errors.contains(" [Q-USAGE-"))
    }
    #expect(try quant("complie").errors.contains("'compile' (did you mean it?)"))
    #expect(try quant("train", "--confg", "x").errors.contains("'--config' (did you mean it?)"))
    let market = try MiniMarket()
    let quarter = try market.run("train", "--quarter", "2014Q9", "--horizon", "3")
    #expect(quarter.status == 64 && quarter.errors.contains("2003Q1..2012Q4"))
    let both = try market.run(
      "train", "--quarter", "2014Q2", "--horizon", "3", "--mode", "none", "--neg-pos-ratio", "3")
    #expect(both.status == 64 && both.errors.contains("Q-USAGE-009"))
    let many = try market.run("rank", "--quarter", "2013..2014", "--horizon", "3")
    #expect(many.status == 64 && many.errors.contains("one quarter, or latest"))
  }

  @Test("No escape byte in a pipe, colours where they are forced, none where they are refused")
  func colours() throws {
    let market = try MiniMarket()
    var quant = QuantProcess()
    quant.environment["TERM"] = "xterm-256color"
    func train() throws -> QuantProcess.Result {
      try quant([
        "train", "--config", market.config, "--cache", market.cache, "--quarter", "all",
        "--horizon",
        "3", "--out", market.folder.file("run"),
      ])
    }
    let plain = try train()
    #expect(plain.status == 0, "\(plain.errors)")
    #expect(!plain.output.contains("\u{1B}") && !plain.errors.contains("\u{1B}"))
    #expect(!plain.errors.contains("\r"))
    quant.environment["CLICOLOR_FORCE"] = "1"
    #expect(try train().output.contains("\u{1B}[1m"))
    quant.environment["NO_COLOR"] = "1"
    let refused = try train()
    #expect(!refused.output.contains("\u{1B}") && !refused.errors.contains("\u{1B}"))
  }

  @Test("On a terminal the progress bar is drawn and taken away again")
  func terminal() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/script") else {
      print("skipped: script(1) is not installed")
      return
    }
    let folder = try TemporaryFolder()
    let result = try QuantProcess().bash(
      "TERM=xterm script -qec '\"$QUANT\" synth --size small --threads 1 --out \(folder.path)/demo' /dev/null"
    )
    #expect(result.status == 0)
    #expect(result.output.contains("\r") && result.output.contains("\u{1B}[K"))
    let dumb = try QuantProcess().bash(
      "TERM=dumb script -qec '\"$QUANT\" synth --size tiny --out \(folder.path)/demo' /dev/null")
    #expect(!dumb.output.contains("\u{1B}"))
  }

  @Test("--quiet leaves only data and errors")
  func quiet() throws {
    let market = try MiniMarket()
    let result = try market.run("compile", "--quiet")
    #expect(result.status == 0 && result.errors.isEmpty && !result.output.isEmpty)
  }

  @Test("A reader that goes away is no error")
  func brokenPipe() throws {
    let result = try QuantProcess().bash(
      "set -o pipefail; \"$QUANT\" config schema | head -1 > /dev/null; echo ${PIPESTATUS[0]}")
    #expect(result.errors.isEmpty)
    #expect(result.output == "0\n")
  }

  @Test(
    "SIGINT and SIGTERM end with 130 and 143 and leave nothing unfinished",
    arguments: ["INT", "TERM"])
  func signals(name: String) throws {
    let folder = try TemporaryFolder()
    // A big job that is ended as soon as it has begun to write.
    let result = try QuantProcess().bash(
      """
      cd '\(folder.path)'
      set -m
      "$QUANT" synth --size full --threads 1 --out demo &
      job=$!
      for wait in $(seq 200); do
        [ -n "$(ls -A demo 2>/dev/null)" ] && break
        sleep 0.02
      done
      kill -\(name) $job
      wait $job
      echo $?
      ls -A demo
      """)
    #expect(
      result.output == (name == "INT" ? "130\n" : "143\n"), "\(result.output)\(result.errors)")
    #expect(result.errors.contains("quant: interrupted"))
  }

  @Test("Control characters of data are not sent to the terminal")
  func controls() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("na\u{1B}[31mme,x\nv\u{7}al\u{1B}]0;t\u{7}ue,1\n", to: "t.csv")
    let result = try QuantProcess()("inspect", file)
    #expect(result.status == 0, "\(result.errors)")
    #expect(!result.output.contains("\u{1B}") && !result.output.contains("\u{7}"))
    #expect(result.output.contains("na[31mme") && result.output.contains("val]0;tue"))
    let odd = try QuantProcess()("inspect", folder.path + "/\u{1B}[31m\nx")
    #expect(odd.errorLines.count == 1 && !odd.errors.contains("\u{1B}"))
  }

  @Test("The cache folder follows option, QUANT_CACHE, XDG and HOME, in that order")
  func cacheFolder() throws {
    func path(_ option: String?, _ environment: [String: String]) throws -> String {
      try CacheFolder.path(option: option) { environment[$0] }
    }
    let all = ["QUANT_CACHE": "/q", "XDG_CACHE_HOME": "/x", "HOME": "/h"]
    #expect(try path("here", all) == "here")
    #expect(try path(nil, all) == "/q")
    #expect(try path(nil, ["XDG_CACHE_HOME": "/x", "HOME": "/h"]) == "/x/quant")
    #expect(try path(nil, ["XDG_CACHE_HOME": "x", "HOME": "/h"]) == "/h/.cache/quant")
    #expect(try path(nil, ["QUANT_CACHE": "", "HOME": "/h"]) == "/h/.cache/quant")
    #expect(throws: CommandFailure.self) { try path(nil, [:]) }
  }

  @Test("A learner parameter is a cache hit, a compile option and an input byte are not")
  func cacheKey() throws {
    var market = try MiniMarket()
    func isHit() throws -> Bool? { try market.run("compile", "--json").json?["cacheHit"] as? Bool }
    #expect(try isHit() == false)
    market.configuration = MiniMarket.configuration.replacingOccurrences(
      of: "compile: {", with: "learner: { name: \"logisticSGD\", l2: 0.5 }, compile: {")
    try market.write()
    #expect(try isHit() == true)
    market.configuration = market.configuration.replacingOccurrences(
      of: "safeLagDays: 90", with: "safeLagDays: 91")
    try market.write()
    #expect(try isHit() == false)
    market.records = market.records.replacingOccurrences(of: ",107,", with: ",108,")
    try market.write()
    #expect(try isHit() == false)
    #expect(try isHit() == true)
  }
}
