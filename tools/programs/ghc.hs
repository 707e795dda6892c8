-- SPDX-License-Identifier: MIT
-- GHC's wrappers: Haskell functions as C function pointers.
module Main (main) where

import Data.IORef
import Data.List (sort)
import Foreign
import Foreign.C

type Compare = Ptr CInt -> Ptr CInt -> IO CInt
type Scale = CDouble -> CInt -> CFloat -> IO CDouble

foreign import ccall "wrapper" newCompare :: Compare -> IO (FunPtr Compare)
foreign import ccall "wrapper" newScale :: Scale -> IO (FunPtr Scale)
foreign import ccall "dynamic" call :: FunPtr Scale -> Scale
foreign import ccall "stdlib.h qsort"
  qsort :: Ptr CInt -> CSize -> CSize -> FunPtr Compare -> IO ()

compareAt :: IORef Int -> Compare
compareAt calls a b = do
  modifyIORef' calls (+ 1)
  (-) <$> peek a <*> peek b

main :: IO ()
main = do
  calls <- newIORef 0
  comparator <- newCompare (compareAt calls)
  let numbers = [i * 7919 `mod` 1009 | i <- [0 .. 999]]
  sorted <- withArray numbers $ \memory -> do
    qsort memory 1000 4 comparator
    peekArray 1000 memory
  freeHaskellFunPtr comparator
  count <- readIORef calls
  putStrLn ("qsort: " ++ show count ++ " comparisons, " ++ show (take 5 sorted))
  putStrLn ("sorted: " ++ show (sorted == sort numbers))

  closures <- mapM (\i -> newScale (\x n f -> pure (x * fromIntegral n + realToFrac f + i)))
    [0 .. 2999]
  results <- mapM (\c -> call c 0.5 3 0.25) closures
  mapM_ freeHaskellFunPtr closures
  putStrLn ("3000 wrappers: " ++ show (sum results))
