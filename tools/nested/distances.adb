--  SPDX-License-Identifier: MIT
--  A nested function of C's convention by access, which uses variables of its host.  One of
--  Ada's own convention needs no trampoline: GNAT passes a descriptor.
with Ada.Text_IO;
with Interfaces.C; use Interfaces.C;
with System;

procedure Distances is

   type Comparator is access
     function (A, B : System.Address) return int
   with Convention => C;

   procedure Quick_Sort
     (Base : System.Address; Count, Size : size_t; Compare : Comparator)
   with Import, Convention => C, External_Name => "qsort";

   type Values is array (1 .. 50) of aliased int;

   --  Sort V by the distance from Pivot, and say how often two were compared.
   procedure Sort (V : in out Values; Pivot : int; Compared : out Natural) is

      function Compare (A, B : System.Address) return int
      with Convention => C;

      function Compare (A, B : System.Address) return int is
         Left  : int with Import, Address => A;
         Right : int with Import, Address => B;
      begin
         Compared := Compared + 1;
         return abs (Left - Pivot) - abs (Right - Pivot);
      end Compare;

   begin
      Compared := 0;
      Quick_Sort
        (V'Address, V'Length, int'Size / 8, Compare'Unrestricted_Access);
   end Sort;

   V : Values;
   Compared : Natural;

begin
   for Pivot in int range 0 .. 49 loop
      for I in V'Range loop
         V (I) := int (I * 37 mod 50);
      end loop;
      Sort (V, Pivot, Compared);
      for I in V'First + 1 .. V'Last loop
         if abs (V (I - 1) - Pivot) > abs (V (I) - Pivot) then
            raise Program_Error;
         end if;
      end loop;
      if Compared < V'Length - 1 then
         raise Program_Error;
      end if;
   end loop;
   Ada.Text_IO.Put_Line ("sorted");
end Distances;
