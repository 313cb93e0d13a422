// SPDX-License-Identifier: Apache-2.0

// Speaks for golang.org/x/mod/sumdb/tlog and sumdb/note, so that Tonle's log can be held against them.
//
//	peer trees                        trees from standard input; what this side makes of them to standard output
//	peer read DIR LOGKEY QUORUM KEY…  opens the checkpoint of a published log and proves its entries from its tiles
//	peer write DIR SECRET N…          publishes a log at each size N, with this side's tiles and signatures
package main

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	switch os.Args[1] {
	case "trees":
		trees()
	case "read":
		read(os.Args[2], os.Args[3], os.Args[4], os.Args[5:])
	case "write":
		write(os.Args[2], os.Args[3], os.Args[4:])
	default:
		check(errors.New("unknown order " + os.Args[1]))
	}
}

func check(err error) {
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
}

// storage keeps all hashes of a tree in the order of tlog.StoredHashIndex.
type storage []tlog.Hash

func (s storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		hashes[i] = s[index]
	}
	return hashes, nil
}

func (s *storage) add(n int64, entry []byte) {
	hashes, err := tlog.StoredHashes(n, entry, *s)
	check(err)
	*s = append(*s, hashes...)
}

// trees: for each tree comes size, older size, index (uint32 each) and a seed (uint64), then the other side's root, its
// inclusion proof and its consistency proof, each with its number of hashes (one octet) before it. Entry i is the eight
// octets of seed + i. What goes back is the number of what did not hold (one octet), then root and proofs made here.
func trees() {
	in := bufio.NewReaderSize(os.Stdin, 1<<16)
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	var s storage
	var head [20]byte
	for {
		if _, err := io.ReadFull(in, head[:]); err != nil {
			if err != io.EOF {
				check(err)
			}
			break
		}
		size := int64(binary.BigEndian.Uint32(head[0:]))
		older := int64(binary.BigEndian.Uint32(head[4:]))
		index := int64(binary.BigEndian.Uint32(head[8:]))
		seed := binary.BigEndian.Uint64(head[12:])
		theirs := hashes(in)
		theirInclusion := hashes(in)
		theirConsistency := hashes(in)

		s = s[:0]
		var entry [8]byte
		var leaf tlog.Hash
		for i := int64(0); i < size; i++ {
			binary.BigEndian.PutUint64(entry[:], seed+uint64(i))
			s.add(i, entry[:])
			if i == index {
				leaf = tlog.RecordHash(entry[:])
			}
		}
		root, err := tlog.TreeHash(size, s)
		check(err)
		oldRoot, err := tlog.TreeHash(older, s)
		check(err)
		inclusion, err := tlog.ProveRecord(size, index, s)
		check(err)
		consistency, err := tlog.ProveTree(size, older, s)
		check(err)
		wrong := byte(0)
		if len(theirs) != 1 || theirs[0] != root {
			wrong++
		}
		if tlog.CheckRecord(theirInclusion, size, root, index, leaf) != nil {
			wrong++
		}
		if tlog.CheckTree(theirConsistency, size, root, older, oldRoot) != nil {
			wrong++
		}
		check(out.WriteByte(wrong))
		give(out, []tlog.Hash{root})
		give(out, inclusion)
		give(out, consistency)
	}
	check(out.Flush())
}

func hashes(in *bufio.Reader) []tlog.Hash {
	count, err := in.ReadByte()
	check(err)
	hashes := make([]tlog.Hash, count)
	for i := range hashes {
		_, err := io.ReadFull(in, hashes[i][:])
		check(err)
	}
	return hashes
}

func give(out *bufio.Writer, hashes []tlog.Hash) {
	check(out.WriteByte(byte(len(hashes))))
	for _, hash := range hashes {
		_, err := out.Write(hash[:])
		check(err)
	}
}

// cosigner verifies cosignature/v1 (type 4), which x/mod does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	text := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(text), sig[8:])
}

func verifier(key string) note.Verifier {
	parts := strings.SplitN(key, "+", 3)
	if len(parts) != 3 {
		check(errors.New("a key has three parts"))
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	check(err)
	if raw[0] == 1 {
		v, err := note.NewVerifier(key)
		check(err)
		return v
	}
	if raw[0] != 4 || len(raw) != 33 {
		check(fmt.Errorf("type %d is not known here", raw[0]))
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	id := binary.BigEndian.Uint32(sum[:])
	if told, _ := strconv.ParseUint(parts[1], 16, 32); uint32(told) != id {
		check(errors.New("key id differs"))
	}
	return &cosigner{name: parts[0], hash: id, key: ed25519.PublicKey(raw[1:])}
}

// c2sp: x/mod writes tile/8/L/N, C2SP leaves the height out.
func c2sp(t tlog.Tile) string {
	path := strings.TrimPrefix(t.Path(), "tile/8/")
	if strings.HasPrefix(path, "data/") {
		path = "entries/" + strings.TrimPrefix(path, "data/")
	}
	return "tile/" + path
}

type reader struct{ dir string }

func (r reader) Height() int                     { return 8 }
func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}
func (r reader) ReadTiles(t []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, tile := range t {
		octets, err := os.ReadFile(filepath.Join(r.dir, c2sp(tile)))
		if err != nil {
			return nil, err
		}
		out = append(out, octets)
	}
	return out, nil
}

func read(dir, logKey, quorum string, keys []string) {
	log := verifier(logKey)
	known := []note.Verifier{log}
	for _, key := range keys {
		known = append(known, verifier(key))
	}
	octets, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	check(err)
	opened, err := note.Open(octets, note.VerifierList(known...))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != log.Name() {
		check(fmt.Errorf("text of the checkpoint: %q", opened.Text))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := tlog.ParseHash(lines[2])
	check(err)
	ofLog, ofWitnesses := 0, 0
	for _, signature := range opened.Sigs {
		if signature.Name == log.Name() && signature.Hash == log.KeyHash() {
			ofLog++
		} else {
			ofWitnesses++
		}
	}
	if told, _ := strconv.Atoi(quorum); ofLog != 1 || ofWitnesses != told {
		check(fmt.Errorf("%d signatures of the log, %d of witnesses", ofLog, ofWitnesses))
	}
	tiles := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, reader{dir})
	var all storage
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		bundle, err := os.ReadFile(filepath.Join(dir, c2sp(tlog.Tile{H: 8, L: -1, N: n, W: int(width)})))
		check(err)
		for i := n * 256; i < n*256+width; i++ {
			if len(bundle) < 2 || len(bundle)-2 < int(binary.BigEndian.Uint16(bundle)) {
				check(errors.New("a bundle ends inside an entry"))
			}
			length := int(binary.BigEndian.Uint16(bundle))
			entry := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			all.add(i, entry)
			// Each entry counts for the root below; some are proven from tiles as well.
			if i%97 == 0 || i == size-1 {
				proof, err := tlog.ProveRecord(size, i, tiles)
				check(err)
				check(tlog.CheckRecord(proof, size, root, i, tlog.RecordHash(entry)))
			}
		}
		if len(bundle) != 0 {
			check(errors.New("octets after the last entry of a bundle"))
		}
	}
	recomputed, err := tlog.TreeHash(size, all)
	check(err)
	if recomputed != root {
		check(errors.New("entries do not make the root"))
	}
	for older := int64(1); older <= size; older = older*3 + 1 {
		oldRoot, err := tlog.TreeHash(older, all)
		check(err)
		proof, err := tlog.ProveTree(size, older, tiles)
		check(err)
		check(tlog.CheckTree(proof, size, root, older, oldRoot))
	}
	fmt.Printf("OK %s %d %d\n", log.Name(), size, ofWitnesses)
}

func write(dir, secret string, sizes []string) {
	signer, err := note.NewSigner(secret)
	check(err)
	var all storage
	var bundle bytes.Buffer
	size := int64(0)
	for _, text := range sizes {
		to, err := strconv.ParseInt(text, 10, 64)
		check(err)
		from := size
		for ; size < to; size++ {
			entry := []byte(fmt.Sprintf("entry %d", size))
			all.add(size, entry)
			check(binary.Write(&bundle, binary.BigEndian, uint16(len(entry))))
			bundle.Write(entry)
			if size%256 == 255 {
				save(dir, tlog.Tile{H: 8, L: -1, N: size / 256, W: 256}, bundle.Bytes())
				bundle.Reset()
			}
		}
		if size%256 != 0 {
			save(dir, tlog.Tile{H: 8, L: -1, N: size / 256, W: int(size % 256)}, bundle.Bytes())
		}
		for _, tile := range tlog.NewTiles(8, from, size) {
			octets, err := tlog.ReadTileData(tile, all)
			check(err)
			save(dir, tile, octets)
		}
		root, err := tlog.TreeHash(size, all)
		check(err)
		signed, err := note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", signer.Name(), size, root)}, signer)
		check(err)
		check(os.WriteFile(filepath.Join(dir, "checkpoint."+text), signed, 0o644))
	}
	fmt.Println("OK", size)
}

func save(dir string, tile tlog.Tile, octets []byte) {
	path := filepath.Join(dir, c2sp(tile))
	check(os.MkdirAll(filepath.Dir(path), 0o755))
	check(os.WriteFile(path, octets, 0o644))
}
