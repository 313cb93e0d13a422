// SPDX-License-Identifier: Apache-2.0
// Checks in the browser that an entry stands in a public log, and shows each step with what went in and what came out.
// It asks nobody but the browser's own SHA-256, Ed25519 and ML-DSA-44. Formats and faults are those of docs/FILES.md;
// positions count octets, signature lines or hashes from nought. `tonle log verify` does the same with other code.
"use strict";
const TonleProof = (() => {
  class Refused extends Error {
    constructor(fault, position) { super(`${fault} at ${position}`); this.fault = fault; this.position = position; }
  }
  const refuse = (fault, position) => { throw new Refused(fault, position); };
  // Runs what reads a part that begins at `start` of a greater text.
  const movedBy = (start, read) => {
    try { return read(); } catch (e) {
      if (!(e instanceof Refused) || ["PROOF_LENGTH", "SIGNATURES_TOO_MANY"].includes(e.fault)) throw e;
      return refuse(e.fault, start + e.position);
    }
  };

  // ---- octets and texts
  const utf8 = (text) => new TextEncoder().encode(text);
  const hex = (octets) => [...octets].map((o) => o.toString(16).padStart(2, "0")).join("");
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const same = (a, b) => hex(a) === hex(b);
  const toBase64 = (octets) => btoa([...octets].map((o) => String.fromCharCode(o)).join(""));
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
  const number64 = (number) => Uint8Array.from({ length: 8 }, (_, i) => Number(number >> BigInt(56 - 8 * i) & 255n));

  const text = (octets, octetsMax) => {
    if (octets.length > octetsMax) refuse("TEXT_TOO_LARGE", octetsMax);
    const control = octets.findIndex((o) => o < 32 && o !== 10);
    if (control >= 0) refuse("TEXT_CONTROL_CHARACTER", control);
    const decoded = (end, stream) => {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      try { return decoder.decode(octets.subarray(0, end), { stream }); } catch { return null; }
    };
    const whole = decoded(octets.length, false);
    if (whole !== null) return whole;
    let good = 0; // The longest beginning that can still become UTF-8; what is wrong begins at its last character.
    for (let bad = octets.length + 1; bad - good > 1;) {
      const middle = good + bad >> 1;
      if (decoded(middle, true) === null) bad = middle; else good = middle;
    }
    while (good > 0 && decoded(good, false) === null) good--;
    return refuse("TEXT_NOT_UTF8", good);
  };
  const base64 = (word) => {
    const odd = [...word].findIndex((c, i) => !/[A-Za-z0-9+/]/.test(c) && !(c === "=" && i >= word.length - 2));
    if (odd >= 0) refuse("BASE64_MALFORMED", odd);
    if (word.length % 4) refuse("BASE64_MALFORMED", word.length);
    if (/=[^=]$/.test(word)) refuse("BASE64_MALFORMED", word.length - 2);
    const plain = atob(word);
    if (btoa(plain) !== word) refuse("BASE64_MALFORMED", word.length - 1); // unused bits that are not nought
    return Uint8Array.from(plain, (c) => c.charCodeAt(0));
  };
  const number = (word) => {
    const isOne = /^(0|[1-9][0-9]{0,18})$/.test(word) && BigInt(word) < 1n << 63n;
    return isOne ? BigInt(word) : refuse("NUMBER_MALFORMED", 0);
  };
  const hash = (word) => {
    const octets = base64(word);
    return octets.length === 32 ? octets : refuse("HASH_LENGTH", octets.length);
  };
  const keyName = (name) =>
    name === "" || utf8(name).length > 255 || /[+\u0000-\u001f\u0085\p{Z}\p{Cs}]/u.test(name)
      ? refuse("KEY_NAME_INVALID", 0) : name;

  // Walks over lines, each ended by one line feed.
  class Lines {
    constructor(octets) { this.octets = octets; this.next = 0; }
    isAtEnd() { return this.next === this.octets.length; }
    line() {
      const end = this.octets.indexOf(10, this.next);
      if (end < 0) refuse(this.isAtEnd() ? "LINE_MALFORMED" : "TEXT_UNFINISHED", this.octets.length);
      const line = new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.octets.subarray(this.next, end));
      this.next = end + 1;
      return line;
    }
  }

  // ---- the proof file: C2SP tlog-proof, signed-note, tlog-checkpoint
  const parseProof = (octets) => {
    text(octets, 1_100_000);
    const lines = new Lines(octets);
    if (lines.line() !== "c2sp.org/tlog-proof@v1") refuse("LINE_MALFORMED", 0);
    let start = lines.next, line = lines.line(), entry = new Uint8Array();
    if (line.startsWith("extra ")) {
      entry = movedBy(start + 6, () => base64(line.slice(6)));
      if (entry.length > 65_536) refuse("TEXT_TOO_LARGE", start + 6);
      start = lines.next;
      line = lines.line();
    }
    if (!line.startsWith("index ")) refuse("LINE_MALFORMED", start);
    const index = movedBy(start + 6, () => number(line.slice(6)));
    const path = [];
    for (;;) {
      start = lines.next;
      const end = octets.indexOf(10, start);
      if (end === start) break;
      if (path.length === 63) refuse("PROOF_LENGTH", 63);
      const word = lines.line();
      path.push(movedBy(start, () => hash(word)));
    }
    return { index, entry, path, note: movedBy(start + 1, () => parseNote(octets.subarray(start + 1))) };
  };
  const parseNote = (octets) => {
    const note = text(octets, 1_000_000);
    const split = note.lastIndexOf("\n\n"); // the last empty line: the text may hold empty lines itself
    if (split < 0) refuse("NOTE_UNSEPARATED", octets.length);
    const start = utf8(note.slice(0, split + 2)).length;
    if (start === octets.length) refuse("NOTE_UNSIGNED", start);
    const lines = new Lines(octets.subarray(start)), signatures = [];
    do {
      if (signatures.length === 100) refuse("SIGNATURES_TOO_MANY", 100);
      const lineAt = start + lines.next;
      const line = movedBy(start, () => lines.line());
      signatures.push(movedBy(lineAt, () => parseSignature(line)));
    } while (!lines.isAtEnd());
    return { text: note.slice(0, split + 1), signatures };
  };
  const parseSignature = (line) => {
    const space = line.indexOf(" ", 2);
    if (!line.startsWith("— ") || space < 0) refuse("LINE_MALFORMED", 0);
    const name = keyName(line.slice(2, space)), octets = base64(line.slice(space + 1));
    if (octets.length <= 4) refuse("LINE_MALFORMED", 0);
    return { name, id: hex(octets.subarray(0, 4)), octets: octets.subarray(4) };
  };
  const parseCheckpoint = (note) => {
    const lines = new Lines(utf8(note)), origin = lines.line();
    if (origin === "" || utf8(origin).length > 255) refuse("ORIGIN_INVALID", 0);
    const sizeAt = lines.next, sizeLine = lines.line(), size = movedBy(sizeAt, () => number(sizeLine));
    const rootAt = lines.next, rootLine = lines.line(), root = movedBy(rootAt, () => hash(rootLine));
    while (!lines.isAtEnd()) {
      const start = lines.next;
      if (lines.line() === "") refuse("LINE_MALFORMED", start);
    }
    return { origin, size, root };
  };

  // ---- whom one trusts: C2SP tlog-policy. Names of witnesses and groups are octets without meaning.
  const parsePolicy = async (octets) => {
    if (octets.length > 1_000_000) refuse("TEXT_TOO_LARGE", 1_000_000);
    const control = octets.findIndex((o) => (o < 32 && o !== 9 && o !== 10) || o === 127);
    if (control >= 0) refuse("TEXT_CONTROL_CHARACTER", control);
    const policy = { logs: new Map(), witnesses: new Map(), groups: new Map(), quorum: null };
    const seen = { log: new Set(), witness: new Set(), member: new Set() };
    let start = 0;
    while (start < octets.length) {
      const end = octets.indexOf(10, start);
      if (end < 0) refuse("TEXT_UNFINISHED", octets.length);
      const line = [...octets.subarray(start, end)].map((o) => String.fromCharCode(o)).join("");
      try { await policyLine(line.replace(/\t/g, " ").replace(/^ +| +$/g, ""), policy, seen); }
      catch (e) { if (e instanceof Refused) e.position = start; throw e; }
      start = end + 1;
    }
    return policy.quorum === null ? refuse("POLICY_QUORUM_INVALID", octets.length) : policy;
  };
  const policyLine = async (line, policy, seen) => {
    if (line === "" || line.startsWith("#")) return;
    const { logs, witnesses, groups } = policy, [verb, ...words] = line.split(/ +/);
    const isDefined = (name) => witnesses.has(name) || groups.has(name);
    const define = (name) => { if (name === "none" || isDefined(name)) refuse("POLICY_NAME_REPEATED", 0); };
    const count = (set, word, fault) => { if (set.has(word)) refuse(fault, 0); set.add(word); };
    const bound = (size) => { if (size > 256) refuse("POLICY_TOO_LARGE", 0); };
    if (verb === "log" && words.length >= 1 && words.length <= 2) {
      const key = await parseKey(words[0]);
      count(seen.log, hex(key.octets), "POLICY_KEY_REPEATED");
      bound(seen.log.size);
      logs.set(key.name, [...(logs.get(key.name) || []), key]); // one log may have a key of each type
    } else if (verb === "witness" && words.length >= 2 && words.length <= 3) {
      define(words[0]);
      const key = await parseKey(words[1]);
      if (key.type === 1) refuse("KEY_TYPE_UNSUPPORTED", 0);
      count(seen.witness, hex(key.octets), "POLICY_KEY_REPEATED");
      witnesses.set(words[0], key);
      bound(witnesses.size);
    } else if (verb === "group" && words.length >= 3) {
      const [name, threshold, ...members] = words;
      define(name);
      members.forEach((member) => {
        if (!isDefined(member)) refuse("POLICY_NAME_UNKNOWN", 0);
        count(seen.member, member, "POLICY_MEMBER_REPEATED");
      });
      const isNumber = /^[1-9][0-9]{0,3}$/.test(threshold);
      const least = threshold === "any" ? 1 : threshold === "all" ? members.length : isNumber ? Number(threshold) : 0;
      if (least < 1 || least > members.length) refuse("POLICY_THRESHOLD_INVALID", 0);
      groups.set(name, { least, members });
      bound(groups.size);
    } else if (verb === "quorum") {
      if (words.length !== 1 || policy.quorum !== null) refuse("POLICY_QUORUM_INVALID", 0);
      if (words[0] !== "none" && !isDefined(words[0])) refuse("POLICY_NAME_UNKNOWN", 0);
      policy.quorum = words[0];
    } else {
      refuse("LINE_MALFORMED", 0);
    }
  };
  const isQuorum = ({ groups, quorum }, cosigned) => {
    const has = (name) => groups.has(name)
      ? groups.get(name).members.filter(has).length >= groups.get(name).least : cosigned.has(name);
    return quorum === "none" || has(quorum);
  };

  // ---- keys and signatures
  const TYPES = {
    1: { algorithm: "Ed25519", format: "raw", keyOctets: 32, signatureOctets: 64 },
    4: { algorithm: "Ed25519", format: "raw", keyOctets: 32, signatureOctets: 72 },
    6: { algorithm: "ML-DSA-44", format: "raw-public", keyOctets: 1312, signatureOctets: 2428 },
  };
  const parseKey = async (word) => {
    const octets = Uint8Array.from(word, (c) => c.charCodeAt(0));
    const [, name, id, key] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/.exec(new TextDecoder().decode(octets))
      || refuse("LINE_MALFORMED", 0);
    keyName(name);
    const typed = base64(key), type = typed[0], bare = typed.subarray(1);
    if (typed.length === 0) refuse("KEY_OCTETS_INVALID", 0);
    if (!TYPES[type]) refuse("KEY_TYPE_UNSUPPORTED", 0);
    if (bare.length !== TYPES[type].keyOctets) refuse("KEY_OCTETS_INVALID", 0);
    if (type !== 6) pointOf(bare);
    if (hex((await sha256(utf8(`${name}\n`), typed)).subarray(0, 4)) !== id) refuse("KEY_ID_MISMATCH", 0);
    return { name, id, type, octets: bare, label: `${name}+${id}` };
  };
  // An Ed25519 key is a point written in its one way (RFC 8032 section 5.1.3), and not one of small order, in whose
  // name anything could be signed.
  const P = (1n << 255n) - 19n;
  const power = (base, exponent) => {
    let result = 1n;
    for (let b = base % P, e = exponent; e > 0n; e >>= 1n, b = b * b % P) if (e & 1n) result = result * b % P;
    return result;
  };
  const D = (P - 121665n) * power(121666n, P - 2n) % P;
  const SMALL_ORDER = [0n, 1n, P - 1n, BigInt("0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"),
    BigInt("0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7")];
  const pointOf = (octets) => {
    const number = BigInt("0x" + hex([...octets].reverse())), y = number & ((1n << 255n) - 1n);
    const xSquared = (y * y % P + P - 1n) * power(D * (y * y % P) + 1n, P - 2n) % P;
    const isPoint = y < P && (xSquared === 0n ? number >> 255n === 0n : power(xSquared, (P - 1n) / 2n) === 1n);
    if (!isPoint) refuse("KEY_OCTETS_INVALID", 0);
    if (SMALL_ORDER.includes(y)) refuse("KEY_WEAK", 0);
  };
  // What each type signs: C2SP signed-note and tlog-cosignature.
  const signedMessage = (key, seconds, note, { origin, size, root }) => {
    const counted = (word) => joined([utf8(word).length], utf8(word));
    if (key.type === 1) return utf8(note);
    if (key.type === 4) return utf8(`cosignature/v1\ntime ${seconds}\n${note}`);
    return joined(utf8("subtree/v1\n\0"), counted(key.name), number64(seconds), counted(origin), number64(0n),
      number64(size), root);
  };
  // True or false; null where this browser does not have the algorithm.
  const isSigned = async ({ type, octets }, message, signature) => {
    const { algorithm, format } = TYPES[type];
    try {
      const key = await crypto.subtle.importKey(format, octets, algorithm, false, ["verify"]);
      return await crypto.subtle.verify(algorithm, key, signature, message);
    } catch (e) {
      if (e.name === "NotSupportedError" || e instanceof TypeError) return null;
      return false;
    }
  };

  // ---- the steps. Each writes down what went in and what came out.
  const leafHash = (entry) => sha256([0], entry);
  const nodeHash = (left, right) => sha256([1], left, right);
  const readable = (octets) => { try { return text(octets, octets.length); } catch { return hex(octets); } };
  const STEPS = {
    READ: async (seen, fact) => {
      fact("octets", seen.proofOctets.length);
      fact("digest", hex(await sha256(seen.proofOctets)));
      seen.proof = parseProof(seen.proofOctets);
      fact("index", seen.proof.index);
      fact("hashes", seen.proof.path.length);
      fact("note", seen.proof.note.text);
    },
    TRUST: async (seen, fact) => {
      seen.policy = await parsePolicy(seen.policyOctets);
      seen.policy.logs.forEach((keys) => keys.forEach((key) => fact("log-key", keyFact(key))));
      seen.policy.witnesses.forEach((key, name) => fact("witness-key", `${name}: ${keyFact(key)}`));
      seen.policy.groups.forEach(({ least, members }, name) => 
        fact("group", `${name}: ${least} of ${members.join(" ")}`));
      fact("quorum", seen.policy.quorum);
    },
    ENTRY: async (seen, fact) => {
      fact("entry", readable(seen.proof.entry));
      fact("entry-octets", hex(seen.proof.entry));
      seen.leaf = await leafHash(seen.proof.entry);
      fact("leaf", `SHA-256(00 || entry) = ${hex(seen.leaf)}`);
    },
    LOG: async (seen, fact) => {
      const { note } = seen.proof, checkpoint = seen.checkpoint = parseCheckpoint(note.text);
      fact("origin", checkpoint.origin);
      fact("size", checkpoint.size);
      fact("root", hex(checkpoint.root));
      const ofLog = seen.policy.logs.get(checkpoint.origin) || refuse("ORIGIN_UNEXPECTED", 0);
      await readSignatures(seen, ofLog);
      const mine = seen.lines.filter((line) => ofLog.includes(line.key));
      mine.forEach((line) => fact("signature", signatureFact(line)));
      const wrong = seen.lines.find((line) => line.fault);
      if (wrong && mine.includes(wrong)) refuse(wrong.fault, wrong.at);
      if (mine.some((line) => line.holds)) return wrong ? "GOOD" : checkEmpty(checkpoint);
      if (mine.length > 0 || wrong) return "UNSAID";
      return refuse(seen.lines.length ? "LOG_SIGNATURE_MISSING" : "SIGNATURE_UNKNOWN", note.signatures.length);
    },
    WITNESSES: async (seen, fact) => {
      const { policy, lines, proof } = seen, names = { checked: new Set(), possible: new Set() };
      policy.witnesses.forEach((key, name) => {
        const line = lines.find((one) => one.key === key);
        fact("cosignature", `${name}: ${line ? signatureFact(line) : "–"}`);
        if (line && line.seconds > 0n && !line.fault) names.possible.add(name);
        if (line && line.seconds > 0n && line.holds) names.checked.add(name);
      });
      fact("quorum", policy.quorum);
      const wrong = lines.find((line) => line.fault);
      if (wrong) refuse(wrong.fault, wrong.at);
      const ofWitnesses = lines.filter((line) => [...policy.witnesses.values()].includes(line.key));
      const early = ofWitnesses.find((line) => line.seconds > BigInt(seen.nowSeconds));
      if (early) refuse("COSIGNATURE_FROM_THE_FUTURE", early.at);
      seen.newestSeconds = Math.max(0, ...ofWitnesses.map((line) => Number(line.seconds)));
      if (isQuorum(policy, names.checked)) return "GOOD";
      return isQuorum(policy, names.possible) ? "UNSAID" : refuse("QUORUM_MISSED", proof.note.signatures.length);
    },
    PATH: async (seen, fact) => {
      const { proof: { index, path }, checkpoint: { size, root } } = seen;
      if (index >= size) refuse("INDEX_OUTSIDE_TREE", index);
      // Below `inner` the way to the last entry and that to this one differ; above it siblings stand on the left alone.
      const bits = (number) => number === 0n ? "" : number.toString(2);
      const inner = bits(index ^ size - 1n).length;
      const lefts = bits(index >> BigInt(inner)).replace(/0/g, "").length;
      if (path.length !== inner + lefts) refuse("PROOF_LENGTH", inner + lefts);
      let node = seen.leaf;
      for (const [i, sibling] of path.entries()) {
        const isRight = i >= inner || (index >> BigInt(i) & 1n) === 1n, below = node;
        node = isRight ? await nodeHash(sibling, below) : await nodeHash(below, sibling);
        const [left, right] = isRight ? [sibling, below] : [below, sibling];
        fact("node", `SHA-256(01 || ${hex(left)} || ${hex(right)}) = ${hex(node)}`);
      }
      fact("root-made", hex(node));
      fact("root", hex(root));
      return same(node, root) ? "GOOD" : refuse("ROOT_MISMATCH", path.length);
    },
  };
  const keyFact = (key) => `${key.label} (${TYPES[key.type].algorithm}) ${hex(key.octets)}`;
  const signatureFact = ({ key, seconds, message, octets, holds, fault }) => [
    `${key.label} (${TYPES[key.type].algorithm}) ${fault || (holds ? "✓" : "?")}`,
    ...(key.type === 1 ? [] : [`time ${seconds}`]), `message ${hex(message)}`, `signature ${hex(octets)}`].join("\n");
  const checkEmpty = async ({ size, root }) =>
    size === 0n && !same(root, await sha256()) ? refuse("EMPTY_ROOT_WRONG", 0) : "GOOD";
  // Lines of keys that one knows, in the order of the note, up to the first that is wrong: it refuses the whole note.
  const readSignatures = async (seen, ofLog) => {
    const known = [...ofLog, ...seen.policy.witnesses.values()];
    seen.lines = [];
    for (const [at, { name, id, octets }] of seen.proof.note.signatures.entries()) {
      const key = known.find((one) => one.name === name && one.id === id);
      if (!key) continue;
      const line = { at, key, octets, seconds: 0n, message: [], holds: false, fault: "" };
      if (seen.lines.some((one) => one.key === key)) line.fault = "SIGNATURE_REPEATED";
      else if (octets.length !== TYPES[key.type].signatureOctets) line.fault = "SIGNATURE_WRONG";
      else {
        const start = key.type === 1 ? 0 : 8;
        if (start) line.seconds = BigInt("0x" + hex(octets.subarray(0, 8)));
        line.message = signedMessage(key, line.seconds, seen.proof.note.text, seen.checkpoint);
        const isGood = await isSigned(key, line.message, octets.subarray(start));
        line.holds = isGood === true;
        if (line.seconds >> 63n) line.fault = "COSIGNATURE_TIME_INVALID";
        else if (isGood === false) line.fault = "SIGNATURE_WRONG";
        else if (isGood === null) seen.unchecked.push(`${key.label} (${TYPES[key.type].algorithm})`);
      }
      seen.lines.push(line);
      if (line.fault) return;
    }
  };

  // The steps in their order, up to one that fails. What could not be checked leaves the verdict open.
  const check = async (proofOctets, policyOctets, nowSeconds) => {
    const seen = { proofOctets, policyOctets, nowSeconds, unchecked: [], newestSeconds: 0 };
    const report = { verdict: "PROVED", step: "", fault: "", position: "", steps: [], unchecked: seen.unchecked };
    for (const [name, run] of Object.entries(STEPS)) {
      const step = { name, state: "IDLE", facts: [] };
      report.steps.push(step);
      if (report.fault) continue;
      try {
        step.state = await run(seen, (label, value) => step.facts.push([label, String(value)])) || "GOOD";
        if (step.state === "UNSAID" && !report.step) Object.assign(report, { verdict: "UNSAID", step: name });
      } catch (e) {
        if (!(e instanceof Refused)) throw e;
        step.state = "BAD";
        const verdict = ["READ", "TRUST"].includes(name) ? "UNSAID" : "NOT_PROVED"; // nothing was judged before ENTRY
        Object.assign(report, { verdict, step: name, fault: e.fault, position: String(e.position) });
      }
    }
    report.newestSeconds = seen.newestSeconds;
    return report;
  };

  // ---- a proof made out of the files of a log. They are not trusted: what is made is checked like any other.
  const makeProof = async (read, index) => {
    const noteOctets = await read("checkpoint") || refuse("TILE_ABSENT", 0);
    const size = Number(parseCheckpoint(parseNote(noteOctets).text).size);
    if (index >= size) refuse("INDEX_OUTSIDE_TREE", index);
    const file = async (folder, level, at) => {
      const width = Math.min(256, Math.floor(size / 256 ** level) - 256 * at);
      const groups = String(at).padStart(Math.ceil(String(at).length / 3) * 3, "0").match(/.{3}/g);
      const path = `tile/${folder}/${groups.map((g, i) => i < groups.length - 1 ? "x" + g : g).join("/")}`;
      return await read(width < 256 ? `${path}.p/${width}` : path) || await read(path) || refuse("TILE_ABSENT", at);
    };
    const row = async (hashes) => {
      if (hashes.length === 32) return hashes;
      const half = hashes.length / 2;
      return nodeHash(await row(hashes.subarray(0, half)), await row(hashes.subarray(half)));
    };
    const range = async (from, to) => {
      const count = to - from, left = 2 ** Math.ceil(Math.log2(count) - 1);
      if (count !== 2 * left) return nodeHash(await range(from, from + left), await range(from + left, to));
      const level = Math.floor(Math.log2(count) / 8), first = from / 256 ** level, width = count / 256 ** level;
      const tile = await file(level, level, Math.floor(first / 256)), start = 32 * (first % 256);
      const hashes = tile.subarray(start, start + 32 * width);
      return hashes.length < 32 * width ? refuse("TILE_LENGTH", tile.length) : row(hashes);
    };
    const path = [];
    for (let from = 0, to = size; to - from > 1;) {
      const middle = from + 2 ** Math.ceil(Math.log2(to - from) - 1);
      const isLeft = index < middle;
      path.unshift(await (isLeft ? range(middle, to) : range(from, middle)));
      if (isLeft) to = middle; else from = middle;
    }
    const bundle = await file("entries", 0, Math.floor(index / 256));
    let start = 0;
    const end = () => {
      const next = start + 2 + 256 * bundle[start] + bundle[start + 1];
      return next <= bundle.length ? next : refuse("BUNDLE_TRUNCATED", bundle.length);
    };
    for (let i = 0; i < index % 256; i++) start = end();
    const entry = bundle.subarray(start + 2, end());
    const lines = [`extra ${toBase64(entry)}`, `index ${index}`, ...path.map(toBase64)];
    return joined(utf8(["c2sp.org/tlog-proof@v1", ...lines, "", ""].join("\n")), noteOctets);
  };
  return { check, makeProof, Refused };
})();

// ---- the page around it. Without its elements, as in a test, nothing of this runs.
document.addEventListener("DOMContentLoaded", () => {
  const byId = (id) => document.getElementById(id);
  if (!byId("proof-check")) return;
  const here = document.documentElement.lang, languages = [here, here === "km" ? "en" : "km"];
  const say = (key, language = here) => {
    const word = document.querySelector(`[data-word="${key}"][lang="${language}"]`);
    return word ? word.textContent : key;
  };
  const element = (name, content, className = "") => {
    const made = document.createElement(name);
    made.append(...[content].flat());
    if (className) made.className = className;
    return made;
  };
  const MARKS = { GOOD: ["✓", "tone-good"], BAD: ["✗", "tone-bad"], UNSAID: ["?", "tone-caution"],
    IDLE: ["–", "quiet"],
  };
  const TONES = { PROVED: "tone-good", NOT_PROVED: "tone-bad", UNSAID: "tone-caution" };

  // The three verdicts, and why, in one language.
  const sentences = (report, language) => {
    const lines = [say(`verdict.${report.verdict}`, language)];
    if (report.isSample) lines.push(say("sample", language));
    if (report.trouble) lines.push(say(`trouble.${report.trouble}`, language));
    if (report.step) lines.push(`${say("why", language)} ${say(`step.${report.step}`, language)}`);
    if (report.fault) {
      lines.push(`${say(`fault.${report.fault}`, language)} (${report.fault}, ${report.position}).`);
      if (report.step) lines.push(say(`mean.${report.step}`, language));
    }
    if (report.unchecked.length) lines.push(`${say("unchecked", language)} ${report.unchecked.join(", ")}.`);
    if (report.verdict === "PROVED" && report.newestSeconds) {
      const day = new Date(report.newestSeconds * 1000).toISOString().replace("T", " ").slice(0, 16);
      const isOld = Date.now() / 1000 - report.newestSeconds > 30 * 86_400;
      lines.push(`${say("seen", language)} ${day} UTC. ${isOld ? say("old", language) : ""}`);
    }
    if (report.verdict !== "UNSAID") lines.push(say(report.ownKeys ? "ownkeys" : "yourkeys", language));
    if (report.verdict === "PROVED") lines.push(say("limits", language));
    return lines;
  };
  const show = (report) => {
    const verdict = languages.map((language) => {
      const [first, ...rest] = sentences(report, language);
      const part = element("div", [element("p", element("strong", first, TONES[report.verdict]), "answer"),
        ...rest.map((line) => element("p", line))]);
      part.lang = language;
      return part;
    });
    const steps = report.steps.map((step) => {
      const [mark, tone] = MARKS[step.state];
      const head = element("summary", [element("span", `${mark} `, tone), `${say(`step.${step.name}`)} `,
        element("span", say(`state.${step.state}`), tone)]);
      const facts = element("dl", step.facts.flatMap(([label, value]) =>
        [element("dt", say(`fact.${label}`)), element("dd", element("code", value))]), "facts");
      const details = element("details", [head, element("p", say(`about.${step.name}`), "quiet"), facts]);
      details.id = `step-${step.name}`;
      details.open = step.state === "BAD";
      return element("li", details);
    });
    const list = element("ol", steps, "proofsteps");
    byId("proof-verdict").replaceChildren(...verdict);
    byId("proof-steps").replaceChildren(list);
    byId("proof-verdict").dataset.verdict = report.verdict;
    byId("proof-verdict").dataset.step = report.step;
    byId("proof-verdict").dataset.fault = report.fault;
  };
  const failed = (trouble, e = {}) => show({ verdict: "UNSAID", trouble, step: "", fault: e.fault || "",
    position: String(e.position ?? ""), unchecked: [], steps: [] });

  let dropped = null; // the octets of a file as they are; once the text is edited, the text counts
  const textOctets = (area) => {
    const whole = area.value === "" || area.value.endsWith("\n") ? area.value : area.value + "\n";
    return new TextEncoder().encode(whole);
  };
  let ownPolicy = "";
  const run = async () => {
    if (!window.crypto || !crypto.subtle) return failed("CRYPTO");
    const report = await TonleProof.check(dropped || textOctets(byId("proof-text")), textOctets(byId("proof-policy")),
      Math.floor(Date.now() / 1000));
    report.isSample = byId("proof-policy").value === byId("sample-policy").textContent;
    report.ownKeys = ownPolicy !== "" && byId("proof-policy").value === ownPolicy;
    return show(report);
  };
  const fill = (octets) => {
    byId("proof-text").value = new TextDecoder().decode(octets);
    dropped = octets;
  };
  const takeFile = async (file) => { if (file) { fill(new Uint8Array(await file.arrayBuffer())); await run(); } };
  byId("proof-check").addEventListener("click", run);
  byId("proof-text").addEventListener("input", () => { dropped = null; });
  byId("proof-file").addEventListener("change", (event) => takeFile(event.target.files[0]));
  byId("proof-drop").addEventListener("dragover", (event) => event.preventDefault());
  byId("proof-drop").addEventListener("drop", (event) => {
    event.preventDefault();
    takeFile(event.dataTransfer.files[0]);
  });
  document.querySelectorAll("[data-sample]").forEach((button) => button.addEventListener("click", () => {
    fill(new TextEncoder().encode(byId(`sample-${button.dataset.sample}`).textContent));
    byId("proof-policy").value = byId("sample-policy").textContent;
    ownPolicy = "";
    run();
  }));

  // Entries of the log whose pages these are: a page that was saved has none.
  const fetching = byId("proof-fetch");
  if (!fetching || location.protocol === "file:") { if (fetching) fetching.hidden = true; return; }
  const read = async (path) => {
    const answer = await fetch(fetching.dataset.log + path, { cache: "no-store" });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new TypeError(`status ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
  fetching.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const index = Number(byId("proof-entry").value);
      if (!Number.isSafeInteger(index) || index < 0) return failed("ENTRY");
      const policy = await read("policy");
      if (!policy) return failed("NO_LOG");
      const proof = await TonleProof.makeProof(read, index);
      fill(proof);
      byId("proof-policy").value = ownPolicy = new TextDecoder().decode(policy);
      return await run();
    } catch (e) {
      if (e instanceof TonleProof.Refused) return failed("FILES", e);
      if (e instanceof TypeError) return failed("UNREACHABLE");
      throw e;
    }
  });
  fetching.hidden = false;
});
