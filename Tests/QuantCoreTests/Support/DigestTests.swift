import QuantCore
import QuantTestSupport
import Testing

@Suite("Checksums and digests")
struct DigestTests {
  private func sha(_ text: String) -> String {
    sha(Array(text.utf8))
  }

  private func sha(_ bytes: [UInt8]) -> String {
    SHA256.hexadecimal(bytes.span.numberBytes)
  }

  private func crc(_ bytes: [UInt8]) -> UInt32 { CRC32.hash(bytes.span.numberBytes) }

  private func pattern(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0 + $0 / 251) }
  }

  @Test("SHA-256 of the messages that NIST gives as examples")
  func nist() {
    #expect(
      sha("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(sha("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      sha("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      sha(String(repeating: "a", count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("XXH64 and CRC-32 of texts with published values")
  func literals() {
    #expect(XXH64.hash("") == 0xEF46_DB37_51D8_E999)
    #expect(XXH64.hash("a") == 0xD24E_C4F1_A98C_6E5B)
    #expect(XXH64.hash("abc") == 0x44BC_2CF5_AD77_0999)
    #expect(crc(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32().value == 0)
  }

  @Test("Equal to xxhash, zlib and hashlib for every short length and some long ones")
  func python() throws {
    let cases = try FileBytes.fields(FixtureFile.path("support/digests.txt"))
    #expect(cases.count == 148)
    for fields in cases {
      let bytes = pattern(try #require(Int(fields[0])))
      let seed = try #require(UInt64(fields[1], radix: 16))
      #expect(Hexadecimal.text(XXH64.hash(bytes.span.numberBytes, seed: seed)) == fields[2])
      #expect(crc(bytes) == UInt32(fields[3], radix: 16))
      #expect(sha(bytes) == fields[4])
    }
  }

  @Test("A stream may be cut anywhere", arguments: 0..<10)
  func streams(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = pattern(Int(random.next() % 5_000))
    var digest = SHA256()
    var checksum = CRC32()
    var offset = 0
    while offset < bytes.count {
      let end = min(bytes.count, offset + Int(random.next() % 200))
      digest.update(bytes.span.numberBytes.extracting(offset..<end))
      checksum.update(bytes.span.numberBytes.extracting(offset..<end))
      offset = end
    }
    #expect(digest.hexadecimal == sha(bytes), "seed \(seed)")
    #expect(checksum.value == crc(bytes), "seed \(seed)")
  }

  @Test("A stream may go on after its digest was taken")
  func continuing() {
    var digest = SHA256()
    let (first, second) = (pattern(100), pattern(3))
    digest.update(first.span.numberBytes)
    _ = digest.finalize()
    digest.update(second.span.numberBytes)
    #expect(digest.hexadecimal == sha(first + second))
  }

  @Test("Every single flipped bit changes all three")
  func flips() {
    let bytes = pattern(100)
    let original = (
      XXH64.hash(bytes.span.numberBytes), crc(bytes),
      sha(bytes)
    )
    for bit in 0..<800 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(XXH64.hash(flipped.span.numberBytes) != original.0)
      #expect(crc(flipped) != original.1)
      #expect(sha(flipped) != original.2)
    }
  }

  @Test("Hexadecimal words are read back, and nothing else is")
  func hexadecimal() {
    #expect(Hexadecimal.text([0, 255, 16]) == "00ff10")
    #expect(Hexadecimal.text(0x0123_4567_89AB_CDEF) == "0123456789abcdef")
    #expect(Hexadecimal.word("0123456789abcdef") == 0x0123_4567_89AB_CDEF)
    for text in ["", "0123456789abcde", "0123456789ABCDEF", "+123456789abcdef", "0123456789abcdeg"]
    {
      #expect(Hexadecimal.word(text) == nil)
    }
  }
}
