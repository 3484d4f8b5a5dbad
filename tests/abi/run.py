#!/usr/bin/env python3
"""Compares codegen/abi/ with clang: random C signatures, compiled for Arm64EC and for x64.

usage: run.py [--seed N] [--count N] [--batch N] [--gnu] [--keep]

Three comparisons per signature (see README.md); the last line counts.
"""
import argparse, os, random, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '../..'))
LLVM = os.environ.get('LLVM', '22')
CLANG = os.environ.get('CLANG', 'clang-' + LLVM)
TOOL_SOURCES = ['tests/abi/abi_tool.c', 'tests/unit/abi_text.c', 'codegen/toolchain/builder.c',
                'protocol/base/arena.c', 'protocol/base/base.c', 'protocol/base/buf.c'] + [
    f'codegen/abi/{n}.c' for n in ('type', 'lower', 'lower_type', 'lower_record', 'lower_text', 'x64',
                                   'boundary', 'boundary_place', 'boundary_faults', 'boundary_words',
                                   'boundary_text')]
SCALARS = {'_Bool': 'b', 'char': 'i8', 'unsigned char': 'i8', 'short': 'i16', 'int': 'i32', 'unsigned': 'i32',
           'long': 'i32', 'long long': 'i64', 'void *': 'p', 'float': 'f', 'double': 'd', 'long double': 'l',
           '_Float16': 'h', '__int128': 'i128', 'int (*)(int)': 'p', '_BitInt(37)': 'B37', '_BitInt(100)': 'B100',
           '_BitInt(5)': 'B5', '_BitInt(128)': 'B128', '_Complex float': 'C(f)', '_Complex double': 'C(d)',
           '_Complex int': 'C(i32)', '_Complex _Float16': 'C(h)', '_Complex char': 'C(i8)'}
WIDE_BIT_INTS = ('_BitInt(100)', '_BitInt(128)')
BIT_FIELDS = ['int', 'unsigned char', 'short', 'long long', 'unsigned', '_Bool']
VECTORS = [('char', n) for n in (1, 2, 3, 4, 7, 8, 12, 16, 32)] + [('short', n) for n in (1, 2, 3, 4, 5, 8)] + [
    ('int', n) for n in (1, 2, 3, 4, 8)] + [('float', n) for n in (1, 2, 3, 4, 5, 8)] + [
    ('double', n) for n in (1, 2, 3, 4)] + [('long long', n) for n in (1, 2, 3)] + [
    ('_Float16', n) for n in (1, 2, 3, 4, 8, 9)] + [('__int128', n) for n in (1, 2)] + [
    ('_Bool', n) for n in (1, 2, 3, 4, 5, 8, 9, 16, 17, 32)]
GENERAL = ['rcx', 'rdx', 'r8', 'r9']


class Types:
    """Random C types: their declarations, and after clang has laid them out their words."""

    def __init__(self, rnd):
        self.rnd, self.decls, self.records, self.n = rnd, [], {}, 0
        self.vectors = {}
        for element, count in VECTORS:
            name = f'v_{element.replace(" ", "")}_{count}'
            self.vectors[name] = (element, count)
            self.decls.append(f'typedef {element} {name} __attribute__((ext_vector_type({count})));')

    def any(self, depth=0):
        r = self.rnd.random()
        if r < .35:
            return self.rnd.choice(list(SCALARS))
        if r < .45:
            return self.rnd.choice(list(self.vectors))
        if self.records and r < .65:
            return self.rnd.choice(list(self.records))
        return self.record(depth)

    def alike(self):
        "the same few types again and again: homogeneous aggregates, small odd sizes"
        return self.rnd.choice(['float', 'double', '_Float16', 'char', 'short', 'int', 'void *', 'v_float_4', 'v_float_2',
                                '_Complex float'])

    def field(self, depth, alike, name):
        rnd = self.rnd
        if alike is None and rnd.random() < .18:
            t = rnd.choice(BIT_FIELDS)
            bits = {'int': 32, 'unsigned char': 8, 'short': 16, 'long long': 64, 'unsigned': 32, '_Bool': 1}[t]
            width = 0 if rnd.random() < .12 else rnd.randrange(1, bits + 1)
            named = width and rnd.random() < .85
            return (f'{t} {name if named else ""}:{width}', t, f':{width}' + (f'={name}' if named else ''))
        t = alike or (self.any(depth + 1) if depth < 2 else rnd.choice(list(SCALARS)))
        if t == 'int (*)(int)':
            return (f'int (*{name})(int)', t, '=' + name)
        dims = [rnd.choice((1, 1, 2, 3, 4)) if rnd.random() > .04 else 0 for _ in range(rnd.choice((0, 0, 0, 0, 1, 1, 2)))]
        if 0 in dims:  # see README.md, "Not compared"
            t = rnd.choice([s for s in SCALARS if s not in WIDE_BIT_INTS and '(*)' not in s])
        return (f'{t} {name}' + ''.join(f'[{d}]' for d in dims), (t, dims), '=' + name)

    def record(self, depth):
        rnd = self.rnd
        self.n += 1
        union = rnd.random() < .18
        name = ('union U' if union else 'struct S') + str(self.n)
        alike = self.alike() if rnd.random() < .35 else None
        fields = [self.field(depth, alike, f'f{i}') for i in range(rnd.choice((0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7)))]
        if fields and not union and rnd.random() < .04 and not fields[-1][2].startswith(':'):
            t = rnd.choice(('int', 'char', 'double'))
            fields.append((f'{t} tail[]', (t, None), '=tail'))
        attrs = [a for a, p in (('packed', .12), (f'aligned({rnd.choice((2, 4, 8, 16, 32))})', .15)) if rnd.random() < p]
        transparent = union and fields and rnd.random() < .1 and alike in ('void *', 'int')
        if transparent:
            attrs, fields = ['transparent_union'], [f for f in fields if not isinstance(f[1], str) and f[1][1] == []]
            transparent = bool(fields)
        text = f'{name} {{ {" ".join(f[0] + ";" for f in fields)} }}'
        if attrs and (not transparent or fields):
            text += f' __attribute__(({", ".join(attrs)}))'
        self.decls.append(text + ';')
        self.records[name] = ('t' if transparent else 'u' if union else 's', fields)
        return name

    def words(self, t, layouts):
        if t in SCALARS:
            return SCALARS[t]
        if t in self.vectors:
            element, count = self.vectors[t]
            return f'V{count}({SCALARS[element]})'
        letter, fields = self.records[t]
        size, align, offsets = layouts[t]
        out = []
        for (_, what, suffix), offset in zip(fields, offsets):
            base, dims = what if isinstance(what, tuple) else (what, [])
            word = self.words(base, layouts)
            if dims is None:
                word = f'F({word})'
            for d in reversed(dims or []):
                word = f'A{d}({word})'
            out.append(f'@{offset} {word}{suffix}')
        return f'{letter}[{size},{align}]{{{";".join(out)}}}'


def c_decl(t, name):
    return t.replace('(*)', f'(*{name})') if '(*)' in t else f'{t} {name}'


def promoted(rnd):
    return rnd.choice(['int', 'double', 'long long', 'void *', 'unsigned'])


def make_batch(rnd, count):
    types = Types(rnd)
    signatures = []
    for _ in range(count):
        ret = 'void' if rnd.random() < .1 else types.any()
        params = [types.any() for _ in range(rnd.choice((0, 1, 1, 2, 2, 3, 4, 6, 9)))]
        extra = None
        if rnd.random() < .2:
            params = params or ['int']
            extra = [promoted(rnd) if rnd.random() < .6 else rnd.choice(list(types.records) or ['int'])
                     for _ in range(rnd.randrange(0, 6))]
        signatures.append((ret, params, extra))
    return types, signatures


def source(types, signatures):
    out = list(types.decls)
    for i, t in enumerate(types.records):  # a complete layout of each
        out.append(f'int size_{i} = sizeof({t});')
    for k, (ret, params, extra) in enumerate(signatures):
        r = 'void *' if '(*)' in ret else ret
        names = [c_decl(t, f'p{i}') for i, t in enumerate(params)]
        out.append(f'{r} f_{k}({", ".join(names) + (", ..." if extra is not None else "") or "void"});')
        args = [f'a{k}_{i}' for i in range(len(params) + len(extra or []))]
        out += [f'extern {c_decl(t, a)};' for t, a in zip(params + (extra or []), args)]
        out.append(f'void c_{k}(void) {{ f_{k}({", ".join(args)}); }}')
    return '\n'.join(out) + '\n'


def run(args, **kw):
    return subprocess.run(args, capture_output=True, text=True, timeout=180, **kw)


def clang(target, path, out, *more):
    p = run([CLANG, f'--target={target}', '-w', '-O0', '-std=gnu23', *more, '-o', out, path])
    return p


def layouts_of(dump):
    out = {}
    for m in re.finditer(r'Type: ((?:struct|union) \w+)\n\nLayout: <ASTRecordLayout\n(.*?)>', dump, re.S):
        body = m[2]
        out[m[1]] = (int(re.search(r'Size:(\d+)', body)[1]) // 8, int(re.search(r'Alignment:(\d+)', body)[1]) // 8,
                     [int(x) for x in re.search(r'FieldOffsets: \[(.*?)\]', body)[1].split(',') if x.strip()])
    return out


# --- LLVM types as text -------------------------------------------------------------------

def type_end(s, i):
    if s.startswith('<{', i) or s[i] in '[{<':
        depth = 0
        while True:
            depth += s[i] in '[{<'
            depth -= s[i] in ']}>'
            i += 1
            if depth == 0:
                return i
    return re.compile(r'%"[^"]*"|%[\w.]+|[\w.]+').match(s, i).end()


def expand(t, structs):
    while '%' in t:
        t = re.sub(r'%"[^"]*"|%[\w.]+', lambda m: structs[m[0]], t)
    return t.replace('{}', '{ }').replace('{ }', '{}')


def split(s):
    out, depth, begin = [], 0, 0
    for i, c in enumerate(s):
        depth += c in '([{<'
        depth -= c in ')]}>'
        if c == ',' and depth == 0:
            out.append(s[begin:i].strip())
            begin = i + 1
    if s[begin:].strip():
        out.append(s[begin:].strip())
    return out


def declarations(ir):
    "name -> (result, [parameter types], sret type or None)"
    structs = dict(re.findall(r'^(%"[^"]*"|%[\w.]+) = type (.*)$', ir, re.M))
    out = {}
    for m in re.finditer(r'^declare (.*?) @(f_\d+)\((.*)\)', ir, re.M):
        head = re.sub(r'\b(dso_local|noundef|zeroext|signext|inreg)\b', '', m[1]).strip()
        params, sret = [], None
        for p in split(m[3]):
            if p == '...':
                params.append(p)
                continue
            params.append(expand(p[:type_end(p, 0)], structs))
            i = p.find('sret(')
            if i >= 0:
                sret = expand(p[i + 5:type_end(p, i + 5)], structs)
        out[m[2]] = (expand(head, structs), params, sret)
    return out


# --- x64 ----------------------------------------------------------------------------------

def vector_slots(folder, types, gnu):
    "how many argument positions a vector takes in x64 code, and whether by pointer: from its assembly"
    path = f'{folder}/vectors.c'
    with open(path, 'w') as f:
        f.write('\n'.join(types.decls[:len(VECTORS)]) + '\n')
        for v in types.vectors:
            f.write(f'int at_{v}({v} a, int i) {{ return i; }}\n')
    p = run([CLANG, '--target=x86_64-pc-windows-' + ('gnu' if gnu else 'msvc'), '-w', '-O1', '-S', '-o', '-', path])
    slots = {}
    for v in types.vectors:
        body = re.search(rf'^at_{v}:(.*?)\n\tret', p.stdout, re.S | re.M)[1]
        m = re.search(r'mov\w+\s+(?:%(\w+)|(\d+)\(%rsp\)), %eax', body)
        slots[v] = {'edx': 1, 'r8d': 2, 'r9d': 3}[m[1]] if m[1] else int(m[2]) // 8 - 1
    return slots


def vector_results(folder, types, gnu):
    "where vectors come back on each side, in the tool's words: from the MIR of both backends"
    path = f'{folder}/results.c'
    with open(path, 'w') as f:
        f.write('\n'.join(types.decls[:len(VECTORS)]) + '\n')
        for v in types.vectors:
            f.write(f'extern {v} g_{v}; {v} r_{v}(void) {{ return g_{v}; }}\n')
    results = []
    for arch, hidden, memory in (('x86_64', 'rcx', 'hidden rcx'), ('arm64ec', 'x8', 'hidden x8')):
        p = run([CLANG, f'--target={arch}-pc-windows-' + ('gnu' if gnu else 'msvc'), '-w', '-O1', '-S', '-o', '-',
                 '-mllvm', '-stop-after=finalize-isel', path])
        places = {}
        for m in re.finditer(r"^name: +'?#?r_(v_\w+?)'?\n(.*?)^\.\.\.", p.stdout, re.S | re.M):
            live = re.search(r'liveins:.*\$(\w+)', m[2])
            regs = re.findall(r'\$(\w+)|killed (%)', re.search(r'\bRET\w*.*', m[2])[0])
            words = [result_register(r or 'st0') for r, _ in regs]
            places[m[1]] = memory if live and live[1] == hidden else ', '.join(words)
        assert len(places) == len(types.vectors), p.stderr
        results.append(places)
    return results


def result_register(name):
    "al, ax, eax -> rax; w0 -> x0"
    name = re.sub(r'^w', 'x', name)
    return re.sub(r'^e?([acd])[lx]$', r'r\1x', name)


def x64_places(declaration, signature, types, slots, vectors):
    "what the x64 IR says, in the tool's words; None for a place it does not tell"
    ret, params, sret = declaration
    variadic = '...' in params
    params = [p for p in params if p != '...']
    out, slot = [], 0
    if sret or vectors.get(signature[0]) == 'hidden rcx':
        out.append('hidden rcx')
        params, slot = params[1:] if sret else params, 1
    elif ret == 'void':
        out.append('-')
    elif signature[0] in vectors:
        out.append(vectors[signature[0]])
    elif ret[0] == '<':  # __int128
        out.append('xmm0')
    else:
        out.append('xmm0' if ret in ('float', 'double', 'half', 'bfloat') else 'rax')
    for t, p in zip(signature[1], params):
        if t in types.vectors:
            out.append(None)
            slot += slots[t]
            continue
        pointer = 'pointer ' if p == 'ptr' and '*' not in t else ''
        if slot >= 4:
            place = f'[rsp+{8 * slot + 8}]'
        elif p in ('float', 'double', 'half', 'bfloat'):
            place = f'xmm{slot}' + (f', {GENERAL[slot]}' if variadic else '')
        else:
            place = GENERAL[slot]
        out.append(pointer + place)
        slot += 1
    return out


# --- One batch ----------------------------------------------------------------------------

class Batch:
    def __init__(self, tool, seed, count, gnu, folder):
        self.rnd, self.gnu, self.folder, self.seed, self.count = random.Random(seed), gnu, folder, seed, count
        self.tool, self.failures, self.n = tool, [], [0, 0, 0]
        self.env = 'gnu' if gnu else 'msvc'

    def fail(self, what, k, *details):
        self.failures.append(f'seed {self.seed} f_{k} {what}\n    ' + '\n    '.join(map(str, details)))

    def make(self):
        "a batch that clang accepts: arrays of over-aligned empty records are errors"
        for _ in range(20):
            self.types, self.signatures = make_batch(self.rnd, self.count)
            error = self.compile()
            if not error:
                return
        raise SystemExit(f'seed {self.seed}: {error}')

    def compile(self):
        path = f'{self.folder}/b{self.seed}.c'
        with open(path, 'w') as f:
            f.write(source(self.types, self.signatures))
        triple = '-pc-windows-' + self.env
        self.ir = {}
        for arch in ('arm64ec', 'x86_64'):
            out = f'{self.folder}/b{self.seed}.{arch}.ll'
            p = clang(arch + triple, path, out, '-S', '-emit-llvm', '-Xclang', '-disable-llvm-passes',
                      '-Xclang', '-fdump-record-layouts-simple')
            if p.returncode:
                return p.stderr[:2000]
            if arch == 'arm64ec':
                self.layouts = layouts_of(p.stdout)
            with open(out) as f:
                self.ir[arch] = declarations(f.read())

    def words(self, signature):
        ret, params, extra = signature
        w = lambda t: 'v' if t == 'void' else 'p' if '(*)' in t else self.types.words(t, self.layouts)
        args = [w(t) for t in params] + ([] if extra is None else ['...'] + [w(t) for t in extra])
        return f'{w(ret)}({",".join(args)})'

    def tell(self):
        text = '\n'.join(self.words(s) for s in self.signatures) + '\n'
        p = run([self.tool, self.env], input=text)
        if p.returncode:
            raise SystemExit(f'tool: {p.stderr[:2000]}')
        self.told = [line.split('\t') for line in p.stdout.splitlines()]
        assert len(self.told) == len(self.signatures), p.stderr

    def compare(self, slots, x64_vectors, ec_vectors):
        for k, (signature, told) in enumerate(zip(self.signatures, self.told)):
            ret, params, sret = self.ir['arm64ec'][f'f_{k}']
            want = f'{ret} ({", ".join(params)})'
            self.n[0] += 1
            if len(told) < 4 or told[1] != want or told[2] != (sret or '-'):
                self.fail('lowering', k, told[0], f'clang: {want}   sret {sret}', f'ours:  {" sret ".join(told[1:3])}')
                continue
            self.n[1] += 1
            want = x64_places(self.ir['x86_64'][f'f_{k}'], signature, self.types, slots, x64_vectors)
            ours = [row.split('|')[0] for row in told[6:6 + len(want)]]
            if any(w not in (None, o) for w, o in zip(want, ours)):
                self.fail('x64', k, told[0], f'clang: {want}', f'ours:  {ours}')
            ec, ours = ec_vectors.get(signature[0]), told[6].split('|')[1]
            if ec not in (None, ours):
                self.fail('Arm64EC', k, told[0], f'clang: {ec}', f'ours:  {ours}')

    def thunk(self, k):
        "the exit thunk of one signature, compiled alone: its name and its instructions"
        path = f'{self.folder}/t{self.seed}_{k}.c'
        with open(path, 'w') as f:
            f.write(source(self.types, []) + source(self.types, [self.signatures[k]]).split('\n', len(self.types.decls) + len(self.types.records))[-1])
        p = clang('arm64ec-pc-windows-' + self.env, path, '-', '-S', '-O1')
        m = re.search(r'^(\$iexit_thunk\S*):(.*?)\.seh_endfunclet|^(\$iexit_thunk\S*):(.*?)\n\t\.section', p.stdout, re.S | re.M)
        if p.returncode or not m:
            return None
        name, body = (m[1], m[2]) if m[1] else (m[3], m[4])
        code = [re.sub(r'\s*//.*', '', l).strip() for l in body.splitlines() if re.match(r'\t[a-z]', l)]
        return name, '\n'.join(code)

    def compare_twins(self, limit):
        seen, jobs = set(), []
        for k, told in enumerate(self.told):
            if len(told) > 4 and (told[1], told[2]) not in seen and len(jobs) < limit:
                seen.add((told[1], told[2]))
                jobs.append(k)
        names = {}
        with ThreadPoolExecutor(2) as pool:
            for k, thunk in zip(jobs, pool.map(self.thunk, jobs)):
                if thunk:
                    names.setdefault(thunk[0], []).append((k, self.told[k][3], thunk[1]))
        for name, group in names.items():
            for i, (k, key, code) in enumerate(group):
                for other, other_key, other_code in group[:i]:
                    self.n[2] += 1
                    if code == other_code and key != other_key:
                        self.fail('twin', k, name, self.told[other][0] + '   ' + other_key, self.told[k][0] + '   ' + key)
                    if code != other_code and key == other_key:
                        self.twins_differ(name, k, other, key, code, other_code)

    def twins_differ(self, name, k, other, key, code, other_code):
        "one key, two texts: right only if the same registers are read and written"
        used = lambda text: sorted(set(re.findall(r'\b[sdqhx]\d+\b', text)) - {'x8', 'x9', 'x16', 'x29', 'x30'})
        if used(code) != used(other_code):
            self.fail('twin', k, name, key, self.told[other][0], self.told[k][0], code.replace('\n', '; '), other_code.replace('\n', '; '))


def build_tool(folder):
    tool = f'{folder}/abi_tool'
    subprocess.run(['gcc', '-std=gnu17', '-D_GNU_SOURCE', '-O1', '-g', '-I.', f'-DOWN_LLVM={LLVM}', *TOOL_SOURCES, '-o', tool], cwd=ROOT, check=True,
                   timeout=180)
    return tool


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--seed', type=int, default=1)
    a.add_argument('--count', type=int, default=600, help='signatures')
    a.add_argument('--batch', type=int, default=150)
    a.add_argument('--twins', type=int, default=25, help='thunks compiled alone, a batch')
    a.add_argument('--gnu', action='store_true')
    a.add_argument('--keep', action='store_true')
    o = a.parse_args()
    if not shutil.which(CLANG):
        print(f'SKIP {CLANG} is not installed\n0 passed, 0 failed, 1 skipped')
        return 0
    folder = tempfile.mkdtemp(prefix='abi-')
    tool, n, failures = build_tool(folder), [0, 0, 0], []
    slots = results = None
    for i in range((o.count + o.batch - 1) // o.batch):
        batch = Batch(tool, o.seed + i, o.batch, o.gnu, folder)
        batch.make()
        slots = slots or vector_slots(folder, batch.types, o.gnu)
        results = results or vector_results(folder, batch.types, o.gnu)
        batch.tell()
        batch.compare(slots, *results)
        batch.compare_twins(o.twins)
        failures += batch.failures
        n = [x + y for x, y in zip(n, batch.n)]
    for f in failures[:40]:
        print('FAIL', f)
    print(f'{n[0]} lowered, {n[1]} x64 sides, {n[2]} pairs of one thunk name')
    print(f'{sum(n) - len(failures)} passed, {len(failures)} failed, 0 skipped')
    if o.keep:
        print(folder)
    else:
        shutil.rmtree(folder)
    return bool(failures)


if __name__ == '__main__':
    sys.exit(main())
