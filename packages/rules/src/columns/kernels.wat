;; What the columns do by hand, sixteen rows and more at a time. A plane holds one bit for each row.
;; Every loop ends when the plane it writes reaches $end; addresses are of a row that is a multiple of 128.
;; kernels-bytes.ts is what this assembles to; a test holds the two together.
(module
  (import "columns" "memory" (memory 1))

  ;; — conditions with one bound, the most frequent: true where the value is above it and known. Thirty-two rows at a time. —

  (func $above8 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound i32)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (i8x16.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.gt_s (v128.load (local.get $column)) (local.get $line)))
        (i32.shl (i8x16.bitmask (i8x16.gt_s (v128.load offset=16 (local.get $column)) (local.get $line))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 32)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  (func $above16 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound i32)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (i16x8.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.gt_s (v128.load (local.get $column)) (local.get $line))
        (i16x8.gt_s (v128.load offset=16 (local.get $column)) (local.get $line))))
        (i32.shl (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.gt_s (v128.load offset=32 (local.get $column)) (local.get $line))
        (i16x8.gt_s (v128.load offset=48 (local.get $column)) (local.get $line)))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 64)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  (func $above32 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound i32)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (i32x4.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=16 (local.get $column)) (local.get $line)))
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load offset=32 (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=48 (local.get $column)) (local.get $line)))))
        (i32.shl (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load offset=64 (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=80 (local.get $column)) (local.get $line)))
        (i16x8.narrow_i32x4_s (i32x4.gt_s (v128.load offset=96 (local.get $column)) (local.get $line)) (i32x4.gt_s (v128.load offset=112 (local.get $column)) (local.get $line))))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 128)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  (func $above64 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $bound f64)
    (local $line v128) (local $k i32) (local $m i32)
    (local.set $line (f64x2.splat (local.get $bound)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=16 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=32 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=48 (local.get $column)) (local.get $line))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=64 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=80 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=96 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=112 (local.get $column)) (local.get $line))))))
        (i32.shl (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=128 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=144 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=160 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=176 (local.get $column)) (local.get $line))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=192 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=208 (local.get $column)) (local.get $line)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.gt (v128.load offset=224 (local.get $column)) (local.get $line)) (f64x2.gt (v128.load offset=240 (local.get $column)) (local.get $line)))))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 256)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  ;; — conditions with two bounds: true where the value lies within [low, high] and is known —

  (func $within8 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low i32) (param $high i32)
    (local $from v128) (local $width v128) (local $k i32) (local $m i32)
    (local.set $from (i8x16.splat (local.get $low)))
    (local.set $width (i8x16.splat (i32.sub (local.get $high) (local.get $low))))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k)
        (i8x16.bitmask (i8x16.le_u (i8x16.sub (v128.load (local.get $column)) (local.get $from)) (local.get $width)))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  (func $within16 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low i32) (param $high i32)
    (local $from v128) (local $width v128) (local $k i32) (local $m i32)
    (local.set $from (i16x8.splat (local.get $low)))
    (local.set $width (i16x8.splat (i32.sub (local.get $high) (local.get $low))))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.le_u (i16x8.sub (v128.load (local.get $column)) (local.get $from)) (local.get $width))
        (i16x8.le_u (i16x8.sub (v128.load offset=16 (local.get $column)) (local.get $from)) (local.get $width))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 32)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  (func $within32 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low i32) (param $high i32)
    (local $from v128) (local $width v128) (local $k i32) (local $m i32)
    (local.set $from (i32x4.splat (local.get $low)))
    (local.set $width (i32x4.splat (i32.sub (local.get $high) (local.get $low))))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i32x4.le_u (i32x4.sub (v128.load (local.get $column)) (local.get $from)) (local.get $width))
          (i32x4.le_u (i32x4.sub (v128.load offset=16 (local.get $column)) (local.get $from)) (local.get $width)))
        (i16x8.narrow_i32x4_s
          (i32x4.le_u (i32x4.sub (v128.load offset=32 (local.get $column)) (local.get $from)) (local.get $width))
          (i32x4.le_u (i32x4.sub (v128.load offset=48 (local.get $column)) (local.get $from)) (local.get $width)))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 64)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; Eight bytes a value: two of them make four lanes of 32 bits, of which the shuffle keeps the lower halves.
  (func $within64 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $low f64) (param $high f64)
    (local $from v128) (local $to v128) (local $k i32) (local $m i32)
    (local.set $from (f64x2.splat (local.get $low)))
    (local.set $to (f64x2.splat (local.get $high)))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load (local.get $column)) (local.get $from)) (f64x2.le (v128.load (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=16 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=16 (local.get $column)) (local.get $to))))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load offset=32 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=32 (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=48 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=48 (local.get $column)) (local.get $to)))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load offset=64 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=64 (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=80 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=80 (local.get $column)) (local.get $to))))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.and (f64x2.ge (v128.load offset=96 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=96 (local.get $column)) (local.get $to)))
            (v128.and (f64x2.ge (v128.load offset=112 (local.get $column)) (local.get $from)) (f64x2.le (v128.load offset=112 (local.get $column)) (local.get $to)))))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 128)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; A code of 0 to 31 that is in the list: $table holds 32 bytes, all ones where it is. An index past 15 picks nothing.
  (func $listed8 (param $column i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $table i32)
    (local $lower v128) (local $upper v128) (local $codes v128) (local $sixteen v128) (local $k i32) (local $m i32)
    (local.set $lower (v128.load (local.get $table)))
    (local.set $upper (v128.load offset=16 (local.get $table)))
    (local.set $sixteen (i8x16.splat (i32.const 16)))
    (loop $next
      (local.set $k (i32.load (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i32.or
        (i8x16.bitmask (v128.or
          (i8x16.swizzle (local.get $lower) (local.tee $codes (v128.load (local.get $column))))
          (i8x16.swizzle (local.get $upper) (i8x16.sub (local.get $codes) (local.get $sixteen)))))
        (i32.shl (i8x16.bitmask (v128.or
          (i8x16.swizzle (local.get $lower) (local.tee $codes (v128.load offset=16 (local.get $column))))
          (i8x16.swizzle (local.get $upper) (i8x16.sub (local.get $codes) (local.get $sixteen))))) (i32.const 16)))))
      (i32.store (local.get $true) (local.get $m))
      (i32.store (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $column (i32.add (local.get $column) (i32.const 32)))
      (local.set $known (i32.add (local.get $known) (i32.const 4)))
      (local.set $false (i32.add (local.get $false) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 4))) (local.get $end)))))

  ;; Two columns: true where left - right <= $most, which is how "less by more than the tolerance" is said.
  (func $below64 (param $left i32) (param $right i32) (param $known i32) (param $true i32) (param $false i32) (param $end i32) (param $most f64)
    (local $by v128) (local $k i32) (local $m i32)
    (local.set $by (f64x2.splat (local.get $most)))
    (loop $next
      (local.set $k (i32.load16_u (local.get $known)))
      (local.set $m (i32.and (local.get $k) (i8x16.bitmask (i8x16.narrow_i16x8_s
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load (local.get $left)) (v128.load (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=16 (local.get $left)) (v128.load offset=16 (local.get $right))) (local.get $by)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load offset=32 (local.get $left)) (v128.load offset=32 (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=48 (local.get $left)) (v128.load offset=48 (local.get $right))) (local.get $by))))
        (i16x8.narrow_i32x4_s
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load offset=64 (local.get $left)) (v128.load offset=64 (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=80 (local.get $left)) (v128.load offset=80 (local.get $right))) (local.get $by)))
          (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (f64x2.le (f64x2.sub (v128.load offset=96 (local.get $left)) (v128.load offset=96 (local.get $right))) (local.get $by))
            (f64x2.le (f64x2.sub (v128.load offset=112 (local.get $left)) (v128.load offset=112 (local.get $right))) (local.get $by))))))))
      (i32.store16 (local.get $true) (local.get $m))
      (i32.store16 (local.get $false) (i32.xor (local.get $k) (local.get $m)))
      (local.set $left (i32.add (local.get $left) (i32.const 128)))
      (local.set $right (i32.add (local.get $right) (i32.const 128)))
      (local.set $known (i32.add (local.get $known) (i32.const 2)))
      (local.set $false (i32.add (local.get $false) (i32.const 2)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 2))) (local.get $end)))))

  ;; — planes, 128 rows at a time —

  ;; All of a list of conditions: $list holds $count pairs of addresses (true, false), $skip bytes into which it begins.
  ;; With true and false exchanged everywhere it is "any of".
  (func $all (param $list i32) (param $count i32) (param $skip i32) (param $true i32) (param $false i32) (param $end i32)
    (local $pair i32) (local $last i32) (local $t v128) (local $f v128)
    (local.set $last (i32.add (local.get $list) (i32.shl (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $pair (local.get $list))
      (local.set $t (v128.const i32x4 -1 -1 -1 -1))
      (local.set $f (v128.const i32x4 0 0 0 0))
      (loop $each
        (local.set $t (v128.and (local.get $t) (v128.load (i32.add (i32.load (local.get $pair)) (local.get $skip)))))
        (local.set $f (v128.or (local.get $f) (v128.load (i32.add (i32.load offset=4 (local.get $pair)) (local.get $skip)))))
        (br_if $each (i32.lt_u (local.tee $pair (i32.add (local.get $pair) (i32.const 8))) (local.get $last))))
      (v128.store (local.get $true) (local.get $t))
      (v128.store (local.get $false) (local.get $f))
      (local.set $skip (i32.add (local.get $skip) (i32.const 16)))
      (local.set $false (i32.add (local.get $false) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $true (i32.add (local.get $true) (i32.const 16))) (local.get $end)))))

  (func $and (param $left i32) (param $right i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (v128.and (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $or (param $left i32) (param $right i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (v128.or (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; — numbers, two at a time; $step is 16, or 0 where the right side is one number written twice —

  (func $add (export "add") (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.add (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $subtract (export "subtract") (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.sub (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $multiply (export "multiply") (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.mul (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  (func $divide (param $left i32) (param $right i32) (param $step i32) (param $to i32) (param $end i32)
    (loop $next
      (v128.store (local.get $to) (f64x2.div (v128.load (local.get $left)) (v128.load (local.get $right))))
      (local.set $left (i32.add (local.get $left) (i32.const 16)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; Narrow whole numbers to numbers of eight bytes.
  (func $widen8 (param $column i32) (param $to i32) (param $end i32)
    (local $four v128)
    (loop $next
      (local.set $four (i32x4.extend_low_i16x8_s (i16x8.extend_low_i8x16_s (v128.load32_zero (local.get $column)))))
      (v128.store (local.get $to) (f64x2.convert_low_i32x4_s (local.get $four)))
      (v128.store offset=16 (local.get $to) (f64x2.convert_low_i32x4_s
        (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $four) (local.get $four))))
      (local.set $column (i32.add (local.get $column) (i32.const 4)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))))

  (func $widen16 (param $column i32) (param $to i32) (param $end i32)
    (local $four v128)
    (loop $next
      (local.set $four (v128.load16x4_s (local.get $column)))
      (v128.store (local.get $to) (f64x2.convert_low_i32x4_s (local.get $four)))
      (v128.store offset=16 (local.get $to) (f64x2.convert_low_i32x4_s
        (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $four) (local.get $four))))
      (local.set $column (i32.add (local.get $column) (i32.const 8)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))))

  (func $widen32 (param $column i32) (param $to i32) (param $end i32)
    (local $four v128)
    (loop $next
      (local.set $four (v128.load (local.get $column)))
      (v128.store (local.get $to) (f64x2.convert_low_i32x4_s (local.get $four)))
      (v128.store offset=16 (local.get $to) (f64x2.convert_low_i32x4_s
        (i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get $four) (local.get $four))))
      (local.set $column (i32.add (local.get $column) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 32))) (local.get $end)))))

  ;; — a program: many of the above over one block of rows, without leaving here —

  ;; A record is 64 bytes: what to do (in the order of program.ts), then a, b, yes, no as addresses of row 0 with the bits
  ;; a row takes in a, b and yes, two whole numbers and two numbers of eight bytes.
  (func (export "run") (param $at i32) (param $last i32) (param $from i32) (param $to i32)
    (local $a i32) (local $b i32) (local $yes i32) (local $no i32) (local $end i32) (local $skip i32)
    (local.set $skip (i32.shr_u (local.get $from) (i32.const 3)))
    (loop $next
      (local.set $a (i32.add (i32.load offset=4 (local.get $at)) (i32.mul (local.get $skip) (i32.load offset=8 (local.get $at)))))
      (local.set $b (i32.add (i32.load offset=12 (local.get $at)) (i32.mul (local.get $skip) (i32.load offset=16 (local.get $at)))))
      (local.set $yes (i32.add (i32.load offset=20 (local.get $at)) (i32.mul (local.get $skip) (i32.load offset=28 (local.get $at)))))
      (local.set $no (i32.add (i32.load offset=24 (local.get $at)) (local.get $skip)))
      (local.set $end (i32.add (i32.load offset=20 (local.get $at))
        (i32.mul (i32.shr_u (local.get $to) (i32.const 3)) (i32.load offset=28 (local.get $at)))))
      (block $done
        (block $is19
        (block $is18
        (block $is17
        (block $is16
        (block $is15
        (block $is14
        (block $is13
        (block $is12
        (block $is11
        (block $is10
        (block $is9
        (block $is8
        (block $is7
        (block $is6
        (block $is5
        (block $is4
        (block $is3
        (block $is2
        (block $is1
        (block $is0
          (br_table $is0 $is1 $is2 $is3 $is4 $is5 $is6 $is7 $is8 $is9 $is10 $is11 $is12 $is13 $is14 $is15 $is16 $is17 $is18 $is19 (i32.load (local.get $at))))
          ;; above8
          (call $above8 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; above16
          (call $above16 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; above32
          (call $above32 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; above64
          (call $above64 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (f64.load offset=40 (local.get $at)))
          (br $done))
          ;; within8
          (call $within8 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; within16
          (call $within16 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; within32
          (call $within32 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)) (i32.load offset=36 (local.get $at)))
          (br $done))
          ;; within64
          (call $within64 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (f64.load offset=40 (local.get $at)) (f64.load offset=48 (local.get $at)))
          (br $done))
          ;; listed8
          (call $listed8 (local.get $a) (local.get $b) (local.get $yes) (local.get $no) (local.get $end) (i32.load offset=32 (local.get $at)))
          (br $done))
          ;; all
          (call $all (local.get $a) (i32.load offset=32 (local.get $at)) (local.get $skip) (local.get $yes) (local.get $no) (local.get $end))
          (br $done))
          ;; below64
          (call $below64 (local.get $a) (local.get $b) (i32.add (i32.load offset=32 (local.get $at)) (local.get $skip)) (local.get $yes) (local.get $no) (local.get $end) (f64.load offset=40 (local.get $at)))
          (br $done))
          ;; add
          (call $add (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; subtract
          (call $subtract (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; multiply
          (call $multiply (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; divide
          (call $divide (local.get $a) (local.get $b) (i32.load offset=32 (local.get $at)) (local.get $yes) (local.get $end))
          (br $done))
          ;; widen8
          (call $widen8 (local.get $a) (local.get $yes) (local.get $end))
          (br $done))
          ;; widen16
          (call $widen16 (local.get $a) (local.get $yes) (local.get $end))
          (br $done))
          ;; widen32
          (call $widen32 (local.get $a) (local.get $yes) (local.get $end))
          (br $done))
          ;; and
          (call $and (local.get $a) (local.get $b) (local.get $yes) (local.get $end))
          (br $done))
          ;; or
          (call $or (local.get $a) (local.get $b) (local.get $yes) (local.get $end))
          (br $done)
      )
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $last)))))
)
