"""Conversion of values; expectations are what buildx 0.29.1 made of `variable` blocks with a type and a default."""

from __future__ import annotations

import pytest

from bakectl.diagnostics import Problems
from bakectl.eval.convert import ConversionError, convert, unify
from bakectl.eval.evaluator import Budget, Evaluator
from bakectl.eval.json_values import encode
from bakectl.eval.numbers import Number
from bakectl.eval.scope import EmptyRoot, Scope
from bakectl.eval.typeexpr import read_type
from bakectl.eval.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    Type,
)
from bakectl.eval.values import NULL, UNKNOWN, Value, object_of, string, strings, tuple_of
from bakectl.source import Source, Span
from bakectl.syntax.nodes import Expression
from bakectl.syntax.parser import parse

CASES = [
    ("list(any)", '[null,"a"]', '[null,"a"] is list of string'),
    ("list(any)", '[null,1,"a"]', '[null,"1","a"] is list of string'),
    ("list(any)", "[null,1,true]", "error: all list elements must have the same type"),
    ("list(any)", "[null]", "[null] is list of dynamic"),
    ("list(any)", "[]", "[] is list of dynamic"),
    ("list(any)", "[[],[]]", "[[],[]] is list of tuple"),
    ("list(any)", "[[1],[]]", "[[1],[]] is list of list of number"),
    ("list(any)", "[[],[1]]", "[[],[1]] is list of list of number"),
    ("list(any)", '[[1],["a","b"]]', '[["1"],["a","b"]] is list of list of string'),
    ("list(any)", '[[1],["a"]]', '[["1"],["a"]] is list of tuple'),
    ("list(any)", '[{a=1},{b="x"}]', '[{"a":"1"},{"b":"x"}] is list of map of string'),
    ("list(any)", "[{},{a=1}]", '[{},{"a":1}] is list of map of number'),
    ("list(any)", "[{},{}]", "[{},{}] is list of object"),
    ("list(any)", '[split(",","a"),[1]]', '[["a"],["1"]] is list of list of string'),
    ("list(any)", '[[1],split(",","a")]', '[["1"],["a"]] is list of list of string'),
    ("list(any)", '[[1],["a"],split(",","a")]', '[["1"],["a"],["a"]] is list of list of string'),
    ("list(any)", '[[1],[true],split(",","a")]', '[["1"],["true"],["a"]] is list of list of string'),
    ("list(any)", "[setunion([1],[2]),[1]]", "[[1,2],[1]] is list of set of number"),
    ("list(any)", '[setunion([1],[2]),[1],split(",","a")]', '[["1","2"],["1"],["a"]] is list of list of string'),
    ("list(any)", '[setunion([1],[2]),split(",","a")]', '[["1","2"],["a"]] is list of list of string'),
    ("list(any)", '[split(",","a"),setunion(["1"],["2"])]', '[["a"],["1","2"]] is list of list of string'),
    ("list(any)", '[[1],split(",","a"),[]]', '[["1"],["a"],[]] is list of list of string'),
    ("list(any)", '[[],split(",","a")]', '[[],["a"]] is list of list of string'),
    ("list(any)", '[null,[1],split(",","a")]', '[null,["1"],["a"]] is list of list of string'),
    ("list(any)", '[null,split(",","a"),setunion([1],[2])]', '[null,["a"],["1","2"]] is list of list of string'),
    ("list(any)", '[null,{a=1},zipmap(["a"],["x"])]', "error: all list elements must have the same type"),
    ("list(any)", '[{a=1},zipmap(["a"],["x"])]', '[{"a":"1"},{"a":"x"}] is list of object'),
    ("list(any)", '[{a=1,b="2"},zipmap(["a"],[1])]', '[{"a":"1","b":"2"},{"a":"1"}] is list of map of string'),
    ("list(any)", '[{a=[1]},zipmap(["a"],["x"])]', "error: all list elements must have the same type"),
    ("list(any)", '[{},zipmap(["a"],["x"])]', '[{},{"a":"x"}] is list of map of string'),
    ("list(any)", "[{a=null},{a=1}]", '[{"a":null},{"a":1}] is list of object'),
    ("list(any)", "[{a=null},{b=1}]", '[{"a":null},{"b":1}] is list of map of number'),
    ("list(any)", "[[null],[1]]", "[[null],[1]] is list of tuple"),
    ("list(any)", "[[null],[1,2]]", "[[null],[1,2]] is list of list of number"),
    ("list(any)", "[{a=[null]},{a=[1]}]", '[{"a":[null]},{"a":[1]}] is list of object'),
    ("list(any)", "[{a=[]},{a=[1]}]", '[{"a":[]},{"a":[1]}] is list of object'),
    ("list(any)", "[{a=[1]},{b=[2,3]}]", '[{"a":[1]},{"b":[2,3]}] is list of map of list of number'),
    ("list(any)", '[{a={x=1}},{b={y="2"}}]', '[{"a":{"x":"1"}},{"b":{"y":"2"}}] is list of map of map of string'),
    ("list(any)", '[[[1]],[["a","b"]]]', '[[["1"]],[["a","b"]]] is list of tuple'),
    ("list(any)", '[[{a=1}],[{b="a"}]]', '[[{"a":"1"}],[{"b":"a"}]] is list of tuple'),
    ("list(any)", '[[1,"a"],[true,2]]', "error: all list elements must have the same type"),
    ("list(any)", '[[1,"a"],["x"]]', '[["1","a"],["x"]] is list of list of string'),
    ("list(any)", '[["a",true],["x",1,2]]', '[["a","true"],["x","1","2"]] is list of list of string'),
    ("list(any)", "[[true],[1,2]]", "error: all list elements must have the same type"),
    ("list(any)", "[[true],[1]]", "error: all list elements must have the same type"),
    ("list(list(any))", '[[1],["a"]]', '[["1"],["a"]] is list of list of string'),
    ("list(list(any))", "[[1],[true]]", "error: cannot find a common base type for all elements"),
    ("list(list(any))", "[[1],[]]", "[[1],[]] is list of list of number"),
    ("list(list(any))", "[[],[]]", "[[],[]] is list of list of dynamic"),
    ("list(list(any))", "[]", "[] is list of list of dynamic"),
    ("list(map(any))", '[{a=1},{b="x"}]', '[{"a":"1"},{"b":"x"}] is list of map of string'),
    ("list(map(any))", "[{a=1},{}]", '[{"a":1},{}] is list of map of number'),
    ("list(set(any))", '[[1],["a"]]', '[["1"],["a"]] is list of set of string'),
    ("list(object({a=any}))", '[{a=1},{a="x"}]', '[{"a":"1"},{"a":"x"}] is list of object'),
    ("list(object({a=any}))", "[{a=1},{a=[1]}]", "error: cannot find a common base type for all elements"),
    ("list(tuple([any]))", '[[1],["x"]]', '[["1"],["x"]] is list of tuple'),
    ("map(any)", "{a=1,b=null}", '{"a":1,"b":null} is map of number'),
    ("map(any)", "{a=null,b=null}", '{"a":null,"b":null} is map of dynamic'),
    ("map(any)", "{a=[1],b=null}", '{"a":[1],"b":null} is map of tuple'),
    ("map(any)", '{a=[1],b=["x","y"]}', '{"a":["1"],"b":["x","y"]} is map of list of string'),
    ("map(any)", '{a={x=1},b={y="x"}}', '{"a":{"x":"1"},"b":{"y":"x"}} is map of map of string'),
    ("map(list(any))", '{a=[1],b=["x","y"]}', '{"a":["1"],"b":["x","y"]} is map of list of string'),
    ("map(list(any))", "{a=[1],b=[true]}", "error: cannot find a common base type for all elements"),
    ("set(any)", '[null,"a"]', '["a",null] is set of string'),
    ("set(any)", '[null,["a"]]', "error: all set elements must have the same type"),
    ("set(any)", "[[1],[1,2]]", "[[1,2],[1]] is set of list of number"),
    ("set(list(any))", '[[1],["a"]]', "error: element types must all match for conversion to set"),
    ("set(any)", 'split(",","a")', '["a"] is set of string'),
    ("list(any)", "setunion([[1]],[[2]])", "[[1],[2]] is list of tuple"),
    ("tuple([any,list(any)])", '[[1],[1,"a"]]', '[[1],["1","a"]] is tuple'),
    (
        "object({a=list(any),b=optional(any),c=optional(list(any))})",
        '{a=[1,"x"]}',
        '{"a":["1","x"],"b":null,"c":null} is object',
    ),
    ("object({a=any,b=any})", 'zipmap(["a","b"],[1,2])', '{"a":1,"b":2} is object'),
    (
        "list(any)",
        '[null,{a=1},zipmap(split(",","a"),split(",","x"))]',
        '[null,{"a":"1"},{"a":"x"}] is list of map of string',
    ),
    ("list(any)", '[{a=1},zipmap(split(",","a"),split(",","x"))]', '[{"a":"1"},{"a":"x"}] is list of map of string'),
    (
        "list(any)",
        '[{a=1,b="2"},zipmap(split(",","a"),range(1))]',
        '[{"a":"1","b":"2"},{"a":"0"}] is list of map of string',
    ),
    (
        "list(any)",
        '[{a=[1]},zipmap(split(",","a"),split(",","x"))]',
        "error: all list elements must have the same type",
    ),
    ("list(any)", '[{},zipmap(split(",","a"),split(",","x"))]', '[{},{"a":"x"}] is list of map of string'),
    ("list(any)", '[null,zipmap(split(",","a"),split(",","x"))]', "error: all list elements must have the same type"),
    ("list(any)", "[{a=null},{a=[1]}]", "error: element types must all match for conversion to list"),
    ("list(any)", '[{a=null},{a=[1]},{a=["x"]}]', "error: element types must all match for conversion to list"),
    ("map(any)", '{a=[1],b=null,c=["x"]}', "error: attribute types must all match for conversion to map"),
    ("map(any)", '{a=[1],b=null,c=["x",1]}', "error: attribute types must all match for conversion to map"),
    ("map(any)", 'zipmap(split(",","a"),range(1))', '{"a":0} is map of number'),
    ("object({a=string})", 'zipmap(split(",","a"),split(",","x"))', '{"a":"x"} is object'),
    ("object({a=string})", 'zipmap(split(",","a,b"),split(",","x,y"))', '{"a":"x"} is object'),
    (
        "object({a=string})",
        'zipmap(split(",","b"),split(",","x"))',
        'error: map has no element for required attribute "a"',
    ),
    ("object({a=number})", 'zipmap(split(",","a"),split(",","x"))', "error: a number is required"),
    ("object({a=list(number)})", 'zipmap(split(",","a"),split(",","x"))', "error: object required"),
    ("object({a=string,b=optional(string)})", 'zipmap(split(",","a"),split(",","x"))', '{"a":"x","b":null} is object'),
    (
        "object({a=string,b=optional(list(string))})",
        'zipmap(split(",","a"),split(",","x"))',
        '{"a":"x","b":null} is object',
    ),
    ("object({a=any,b=any})", 'zipmap(split(",","a,b"),split(",","x,y"))', '{"a":"x","b":"y"} is object'),
    ("list(number)", 'convert([["a"]],list(list(string)))', "error: incorrect list element type: number required"),
    ("list(number)", "convert([{a=1}],list(map(string)))", "error: incorrect list element type: number required"),
    ("set(number)", 'convert([["a"]],list(list(string)))', "error: incorrect set element type: number required"),
    ("map(number)", 'convert({a=["x"]},map(list(string)))', "error: incorrect map element type: number required"),
    ("map(number)", 'split(",","a")', "error: map of number required"),
    ("list(number)", 'zipmap(split(",","a"),split(",","x"))', "error: list of number required"),
    ("map(string)", "convert([1],set(number))", "error: map of string required"),
    ("list(string)", "convert([1,null],list(number))", '["1",null] is list of string'),
    ("map(any)", '{a=1,b=["x"]}', "error: all map elements must have the same type"),
    ("map(tuple([any]))", '{a=[1],b=["x"]}', "error: attribute types must all match for conversion to map"),
    ("set(tuple([any]))", '[[1],["x"]]', "error: element types must all match for conversion to set"),
    ("list(any)", "convert({a=1},map(string))", "error: list of any single type required"),
    ("set(any)", "{}", "error: set of any single type required"),
    ("set(string)", "{}", "error: set of string required"),
    ("set(string)", '"x"', "error: set of string required"),
    ("set(string)", "[[]]", "error: element 0: string required"),
    ("list(any)", 'convert(["a"],set(string))', '["a"] is list of string'),
    ("set(any)", 'convert(["b","a","b"],list(string))', '["a","b"] is set of string'),
    ("set(any)", "[]", "[] is set of dynamic"),
    ("set(list(any))", "[[1],[]]", "error: element types must all match for conversion to set"),
    ("set(any)", "[[],[1]]", "[[1],[]] is set of list of number"),
    ("set(any)", "[{b=1},{a=2}]", '[{"a":2},{"b":1}] is set of map of number'),
    ("set(any)", '[{a="é"},{a="e"},{a="z"}]', '[{"a":"e"},{"a":"z"},{"a":"é"}] is set of object'),
    ("set(any)", "[[true],[false]]", "[[false],[true]] is set of tuple"),
    ("set(any)", "[[1.5],[1.25],[10],[9],[null],[-1]]", "[[-1],[1.25],[1.5],[10],[9],[null]] is set of tuple"),
    ("set(any)", '[["b","c"],["a","z"],["a"]]', '[["a","z"],["a"],["b","c"]] is set of list of string'),
    (
        "set(any)",
        "[[12345678901234567890],[1e30],[1e-30]]",
        "[[12345678901234567890],[1000000000000000000000000000000],[0.000000000000000000000000000001]] is set of tuple",
    ),
    ("set(any)", '[{k="b",v=[1]},{k="a",v=[2]}]', '[{"k":"a","v":[2]},{"k":"b","v":[1]}] is set of object'),
    ("set(any)", '[["a\\"b"],["a b"],["a\\nb"],["a~b"]]', '[["a b"],["a\\"b"],["a\\nb"],["a~b"]] is set of tuple'),
    ("set(map(string))", "[{a=1},{b=2},{a=0,b=1}]", '[{"a":"0","b":"1"},{"a":"1"},{"b":"2"}] is set of map of string'),
    ("set(set(string))", '[["b","a"],["a"],["c"]]', '[["a","b"],["a"],["c"]] is set of set of string'),
    ("string", "convert(1,any)", '"1" is string'),
    ("number", "convert(null,string)", "null is number"),
    ("tuple([string,any])", "[1,null]", '["1",null] is tuple'),
    ("tuple([string,list(any)])", "[1,null]", '["1",null] is tuple'),
    ("object({a=list(any)})", "{a=null}", '{"a":null} is object'),
    ("list(object({a=string,b=optional(number)}))", "[null,{a=1}]", '[null,{"a":"1","b":null}] is list of object'),
    ("list(any)", "[[[]],[[1]]]", "[[[]],[[1]]] is list of tuple"),
    ("list(any)", "[[[]],[[1],[2]]]", "[[[]],[[1],[2]]] is list of list of list of number"),
    ("list(string)", "[true,1.5,-0,1e21]", '["true","1.5","-0","1000000000000000000000"] is list of string'),
    ("list(bool)", '["true","1",false]', "[true,true,false] is list of bool"),
    ("list(bool)", "[1]", "error: element 0: bool required"),
    (
        "object({a=string,b=optional(list(string))})",
        'zipmap(split(",","a,b"),split(",","x,y"))',
        'error: map element type is incompatible with attribute "b": list of string required',
    ),
    (
        "list(object({a=string,b=optional(list(string))}))",
        '[zipmap(split(",","a,b"),split(",","x,y"))]',
        'error: map element type is incompatible with attribute "b": list of string required',
    ),
    (
        "list(any)",
        '[{a=1,b=true},zipmap(split(",","a"),split(",","x"))]',
        '[{"a":"1","b":"true"},{"a":"x"}] is list of map of string',
    ),
    (
        "list(any)",
        '[{a=1,b=2},zipmap(split(",","a"),split(",","x")),{c=[1]}]',
        "error: all list elements must have the same type",
    ),
    (
        "list(any)",
        '[zipmap(split(",","a"),split(",","x")),zipmap(split(",","a"),[[1]])]',
        "error: all list elements must have the same type",
    ),
    ("list(list(any))", "[[[1]],[]]", "error: element types must all match for conversion to list"),
    ("list(list(any))", '[[1,"a"],["b"],[null]]', '[["1","a"],["b"],[null]] is list of list of string'),
    ("list(list(any))", "[null,[1]]", "[null,[1]] is list of list of number"),
    ("list(list(any))", '[null,[1],["a"]]', '[null,["1"],["a"]] is list of list of string'),
    ("list(map(any))", "[null,{a=1}]", '[null,{"a":1}] is list of map of number'),
    ("map(list(any))", "{a=null,b=[1]}", '{"a":null,"b":[1]} is map of list of number'),
    ("map(object({a=any}))", '{x={a=1},y={a="z"}}', '{"x":{"a":"1"},"y":{"a":"z"}} is map of object'),
    ("set(object({a=any}))", '[{a=1},{a="z"}]', "error: element types must all match for conversion to set"),
    ("set(any)", '[{a=1},{b="z"},{a="1"}]', '[{"a":"1"},{"b":"z"}] is set of map of string'),
    ("set(any)", '[1,null,"1"]', '["1",null] is set of string'),
    ("tuple([list(any),map(any)])", '[[1,"a"],{x=1,y="b"}]', '[["1","a"],{"x":"1","y":"b"}] is tuple'),
    ("list(any)", '[1,"a",[1]]', "error: all list elements must have the same type"),
    ("list(any)", '["a",{}]', "error: all list elements must have the same type"),
    ("list(any)", '[true,"a",1]', '["true","a","1"] is list of string'),
    ("list(any)", '[true,"a",1,null]', '["true","a","1",null] is list of string'),
    ("list(any)", "[[1,true]]", "[[1,true]] is list of tuple"),
    ("list(any)", "[[1,true],[1]]", "error: all list elements must have the same type"),
    ("list(any)", '[[true,1],["a"]]', '[["true","1"],["a"]] is list of list of string'),
    ("list(any)", "[{a=1},{a=true}]", "error: all list elements must have the same type"),
    ("list(any)", '[{a=1,b="x"},{a="y",b=true}]', '[{"a":"1","b":"x"},{"a":"y","b":"true"}] is list of object'),
    ("list(any)", '[setunion([1],[2]),setunion(["a"],["b"])]', '[["1","2"],["a","b"]] is list of set of string'),
    ("list(any)", '[setunion([1],[2]),[1,2],["a"]]', "error: a number is required"),
    ("list(any)", "[setunion([1],[2]),[1],{}]", "error: all list elements must have the same type"),
    ("list(any)", "[setunion([1],[2]),[true]]", "error: all list elements must have the same type"),
    ("list(any)", '[range(1),split(",","a")]', '[["0"],["a"]] is list of list of string'),
    ("list(any)", "[range(1),[true]]", "error: all list elements must have the same type"),
    ("list(any)", '[range(1),["a",true]]', '[["0"],["a","true"]] is list of list of string'),
    ("map(any)", '{a=range(1),b=["x"]}', '{"a":["0"],"b":["x"]} is map of list of string'),
    ("map(string)", "{a=null}", '{"a":null} is map of string'),
    ("map(any)", "{a=null}", '{"a":null} is map of dynamic'),
    ("list(string)", "[]", "[] is list of string"),
    ("set(set(any))", "[[1],[2]]", "[[1],[2]] is set of set of number"),
    ("list(set(any))", "[[1,1],[]]", "[[1],[]] is list of set of number"),
    ("list(any)", "[{a=null,b=1,c=true},{d=[]}]", "error: attribute types must all match for conversion to map"),
    ("list(any)", "[[null,1,true],[1]]", "error: all list elements must have the same type"),
    ("map(any)", "{a=null,b=1,c=true}", "error: attribute types must all match for conversion to map"),
    ("map(any)", "{a=null,b=[],c=true}", "error: attribute types must all match for conversion to map"),
    ("list(any)", '[1,"a"]', '["1","a"]'),
    ("list(any)", "[1,true]", "error: all list elements must have the same type"),
    ("list(any)", "[null,null]", "[null,null]"),
    ("list(any)", '[{a=1},{a="x"}]', '[{"a":"1"},{"a":"x"}]'),
    ("list(any)", "[{a=1},{b=[1]}]", "error: all list elements must have the same type"),
    ("list(any)", "[[],{}]", "error: all list elements must have the same type"),
    ("list(any)", '[split(",","a"),[[1]]]', "error: all list elements must have the same type"),
    ("list(any)", "[null,[1]]", "error: all list elements must have the same type"),
    ("list(any)", "[null,{a=1}]", "error: all list elements must have the same type"),
    ("list(any)", '[null,split(",","a")]', "error: all list elements must have the same type"),
    ("list(any)", 'split(",","a")', '["a"]'),
    ("list(any)", 'setunion(["b"],["a"])', '["a","b"]'),
    ("list(any)", "{}", "error: list of any single type required"),
    ("list(any)", '"a"', "error: list of any single type required"),
    ("list(any)", "null", "null"),
    ("set(any)", '[1,"a",1]', '["1","a"]'),
    ("set(any)", "[1,true]", "error: all set elements must have the same type"),
    ("set(any)", '["b","a","b"]', '["a","b"]'),
    ("map(any)", '{a=1,b="x"}', '{"a":"1","b":"x"}'),
    ("map(any)", "{a=1,b=true}", "error: all map elements must have the same type"),
    ("map(any)", "{}", "{}"),
    ("map(any)", "[]", "error: map of any single type required"),
    ("map(any)", "{a=[1],b={}}", "error: all map elements must have the same type"),
    ("map(any)", 'zipmap(["a"],[1])', '{"a":1}'),
    ("list(string)", '[1,"a",true]', '["1","a","true"]'),
    ("list(string)", "[[1]]", "error: element 0: string required"),
    ("list(string)", "[1,[1]]", "error: element 1: string required"),
    ("list(string)", '"a"', "error: list of string required"),
    ("list(string)", "{a=1}", "error: list of string required"),
    ("list(string)", "[null,1]", '[null,"1"]'),
    ("list(string)", "setunion([2],[10])", '["2","10"]'),
    ("list(number)", '["1","x"]', "error: a number is required"),
    ("list(number)", '["1","2"]', "[1,2]"),
    ("list(number)", "[true]", "error: element 0: number required"),
    ("list(number)", '[1,null,"3"]', "[1,null,3]"),
    ("list(list(string))", '[["a"],[1]]', '[["a"],["1"]]'),
    ("list(list(string))", '[["a"],"x"]', "error: element 1: list of string required"),
    ("list(list(string))", '[["a"],["x",["y"]]]', "error: element 1: element 1: string required"),
    ("list(map(string))", "[{a=1},{a=[1]}]", 'error: element 1: element "a": string required'),
    ("set(string)", '["b","a","b",1]', '["1","a","b"]'),
    ("set(number)", '["1",1,"01"]', "[1]"),
    ("set(number)", 'split(",","a")', "error: a number is required"),
    ("set(number)", 'split(",","2,1")', "[1,2]"),
    ("set(list(string))", '[["a"],["a"]]', '[["a"]]'),
    ("map(string)", '{a=1,b="x"}', '{"a":"1","b":"x"}'),
    ("map(string)", "{a=1,b=[1]}", 'error: element "b": string required'),
    ("map(string)", "[1]", "error: map of string required"),
    ("map(string)", "null", "null"),
    ("map(number)", '{a="x"}', "error: a number is required"),
    ("map(number)", 'zipmap(["a","b"],["1","2"])', '{"a":1,"b":2}'),
    ("map(number)", 'zipmap(["a"],["x"])', "error: a number is required"),
    ("map(list(string))", "{a=[1],b=[]}", '{"a":["1"],"b":[]}'),
    ("map(list(string))", "{a=1}", 'error: element "a": list of string required'),
    ("map(map(string))", '{a={b=1},c=zipmap(["a"],["b"])}', '{"a":{"b":"1"},"c":{"a":"b"}}'),
    ("tuple([string,number])", '["a","1"]', '["a",1]'),
    ("tuple([string,number])", '["a"]', "error: tuple required"),
    ("tuple([string,number])", '["a",1,2]', "error: tuple required"),
    ("tuple([string,number])", '["a","x"]', "error: a number is required"),
    ("tuple([string,number])", '["a",[1]]', "error: tuple required"),
    ("tuple([string,string])", 'split(",","a,b")', "error: tuple required"),
    ("tuple([string,string])", 'split(",","a")', "error: tuple required"),
    ("tuple([string])", "{a=1}", "error: tuple required"),
    ("tuple([any])", "[[1]]", "[[1]]"),
    ("tuple([])", "[]", "[]"),
    ("object({a=string})", "{a=1}", '{"a":"1"}'),
    ("object({a=string})", "{a=1,b=2}", '{"a":"1"}'),
    ("object({a=string})", "{b=2}", 'error: attribute "a" is required'),
    ("object({a=string,b=number})", "{}", 'error: attributes "a" and "b" are required'),
    ("object({a=string,b=number,c=bool})", "{}", 'error: attributes "a", "b", and "c" are required'),
    ("object({a=string})", "{a=[1]}", 'error: attribute "a": string required'),
    ("object({a=number})", '{a="x"}', "error: a number is required"),
    ("object({a=string})", "[]", "error: object required"),
    ("object({a=string})", '"s"', "error: object required"),
    ("object({a=string})", "null", "null"),
    ("object({a=string})", 'zipmap(["a"],["x"])', '{"a":"x"}'),
    ("object({a=string})", 'zipmap(["a","b"],["x","y"])', '{"a":"x"}'),
    ("object({a=string})", 'zipmap(["b"],["x"])', 'error: attribute "a" is required'),
    ("object({a=number})", 'zipmap(["a"],["x"])', "error: a number is required"),
    ("object({a=list(number)})", 'zipmap(["a"],["x"])', 'error: attribute "a": list of number required'),
    ("object({a=string,b=string})", 'zipmap(["a"],["x"])', 'error: attribute "b" is required'),
    ("object({a=string,b=optional(string)})", 'zipmap(["a"],["x"])', '{"a":"x","b":null}'),
    ("object({a=string,b=optional(string)})", "{a=1}", '{"a":"1","b":null}'),
    ("object({a=string,b=optional(number)})", '{a=1,b="2"}', '{"a":"1","b":2}'),
    ("object({a=object({b=string,c=optional(string)})})", "{a={b=1}}", '{"a":{"b":"1","c":null}}'),
    ("object({a=object({b=string})})", "{a={}}", 'error: attribute "a": attribute "b" is required'),
    ("object({a=any})", "{a=[1]}", '{"a":[1]}'),
    ("object({})", "{a=1}", "{}"),
    ("list(object({a=string,b=optional(number)}))", '[{a=1},{a="x",b=2}]', '[{"a":"1","b":null},{"a":"x","b":2}]'),
    ("list(object({a=string,b=optional(number)}))", "[{a=1},{b=2}]", 'error: element 1: attribute "a" is required'),
    ("list(object({a=string}))", '[{a=1,c=2},{a="x",b=2}]', '[{"a":"1"},{"a":"x"}]'),
    ("map(object({a=string}))", '{x={a=1,c=2},y={a="x",b=2}}', '{"x":{"a":"1"},"y":{"a":"x"}}'),
    ("set(object({a=string}))", '[{a=1,c=2},{a="1",b=2}]', '[{"a":"1"}]'),
    ("list(tuple([string]))", '[["a"],[1]]', '[["a"],["1"]]'),
    ("list(tuple([string]))", '[["a"],[1,2]]', "error: element 1: tuple required"),
    ("string", "true", '"true"'),
    ("string", "1.50", '"1.5"'),
    ("string", "[1]", "error: string required"),
    ("string", "{}", "error: string required"),
    ("string", "null", "null"),
    ("number", '"1"', "1"),
    ("number", '" 1"', "error: a number is required"),
    ("number", "true", "error: number required"),
    ("number", '"0x10"', "error: a number is required"),
    ("number", '"1_000"', "error: a number is required"),
    ("number", '".5"', "0.5"),
    ("number", '"5."', "5"),
    ("number", '"."', "error: a number is required"),
    ("number", '""', "error: a number is required"),
    ("number", '"1p3"', "8"),
    ("number", '"1.5p-1"', "0.75"),
    ("number", '"1e3000000000"', "error: a number is required"),
    ("number", '"+5"', "5"),
    ("number", '"-.5e1"', "-5"),
    ("number", '"--5"', "error: a number is required"),
    ("number", '"١"', "error: a number is required"),
    ("number", "[1]", "error: number required"),
    ("number", '"infinity"', "error: a number is required"),
    ("number", '"NaN"', "error: a number is required"),
    ("bool", '"1"', "true"),
    ("bool", '"0"', "false"),
    ("bool", '"TRUE"', 'error: a bool is required; to convert from string, use lowercase "true"'),
    ("bool", '"False"', 'error: a bool is required; to convert from string, use lowercase "false"'),
    ("bool", '"True"', 'error: a bool is required; to convert from string, use lowercase "true"'),
    ("bool", '"FALSE"', 'error: a bool is required; to convert from string, use lowercase "false"'),
    ("bool", '"yes"', "error: a bool is required"),
    ("bool", "1", "error: bool required"),
    ("bool", "[]", "error: bool required"),
    ("any", '[1,"a"]', '[1,"a"]'),
    ("any", "null", "null"),
]


def expression(text: str) -> tuple[Expression, Source]:
    source = Source("docker-bake.hcl", f"x = {text}\n")
    file = parse(source)
    assert not file.problems
    return file.body.attributes["x"].value, source


def read_value(text: str) -> Value:
    node, source = expression(text)
    problems = Problems()
    value = Evaluator(problems, Budget()).evaluate(node, Scope(EmptyRoot(), source, {}))
    assert not problems.items
    return value


def type_of(text: str) -> Type:
    node, source = expression(text)
    problems = Problems()
    wanted = read_type(node, Span(source, node.start, node.end), problems)
    assert wanted is not None
    return wanted


@pytest.mark.parametrize(("to", "text", "expected"), CASES, ids=[f"{to} from {text}" for to, text, _ in CASES])
def test_convert(to: str, text: str, expected: str) -> None:
    try:
        value = convert(read_value(text), type_of(to))
    except ConversionError as error:
        result = f"error: {error}"
    else:
        result = encode(value)
        if " is " in expected:
            result += f" is {value.type.friendly}"
    assert result == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Inf", "+Inf"), ("inf", "+Inf"), ("-inf", "-Inf"), ("+Inf", "+Inf"), ("1e999999999", "+Inf")],
)
def test_text_to_infinity(text: str, expected: str) -> None:
    assert convert(string(text), NUMBER).data.text() == expected


IDENTITIES: dict[str, tuple[Value, Type]] = {
    "string": (string("a"), STRING),
    "list": (strings(["a"]), ListType(STRING)),
    "tuple": (tuple_of([string("a")]), TupleType([STRING])),
    "object": (object_of({"a": string("b")}), ObjectType({"a": STRING})),
    "anything": (tuple_of([NULL]), DYNAMIC),
    "null": (Value(STRING, None), STRING),
    "unknown": (UNKNOWN, STRING),
    "unknown-to-list": (UNKNOWN, ListType(NUMBER)),
}


@pytest.mark.parametrize(("value", "to"), IDENTITIES.values(), ids=IDENTITIES.keys())
def test_a_value_of_the_type_stays_the_same_object(value: Value, to: Type) -> None:
    assert convert(value, to) is value


def test_null_takes_the_type() -> None:
    to = ObjectType({"a": STRING, "b": NUMBER}, frozenset({"b"}))
    assert convert(NULL, to) == Value(ObjectType({"a": STRING, "b": NUMBER}), None)


def test_unknown_parts_stay() -> None:
    assert convert(tuple_of([UNKNOWN, string("a")]), ListType(STRING)).data[0] is UNKNOWN


def test_unknown_parts_hide_a_mismatch() -> None:
    assert convert(tuple_of([UNKNOWN, tuple_of([])]), ListType(STRING)) is UNKNOWN


def test_numbers_of_any_precision_become_text() -> None:
    assert convert(Value(NUMBER, Number.from_int(2**64, 53)), STRING).data == "18446744073709550000"


def tuple_type(*elements: Type) -> TupleType:
    return TupleType(elements)


UNIFICATIONS: dict[str, tuple[list[Type], Type | None]] = {
    "nothing": ([], None),
    "one": ([NUMBER], NUMBER),
    "same": ([NUMBER, NUMBER], NUMBER),
    "string-and-number": ([NUMBER, STRING], STRING),
    "string-and-bool": ([BOOL, STRING], STRING),
    "number-and-bool": ([NUMBER, BOOL], None),
    "number-bool-and-string": ([NUMBER, BOOL, STRING], STRING),
    "null": ([DYNAMIC], DYNAMIC),
    "null-and-number": ([DYNAMIC, NUMBER], NUMBER),
    "null-number-and-bool": ([DYNAMIC, NUMBER, BOOL], DYNAMIC),
    "null-and-list": ([DYNAMIC, ListType(STRING)], DYNAMIC),
    "null-list-and-tuple": ([DYNAMIC, ListType(STRING), tuple_type(NUMBER)], ListType(STRING)),
    "string-and-list": ([STRING, ListType(STRING)], None),
    "lists": ([ListType(NUMBER), ListType(STRING)], ListType(STRING)),
    "lists-without-common-element": ([ListType(NUMBER), ListType(BOOL)], None),
    "list-and-set": ([SetType(NUMBER), ListType(STRING)], ListType(STRING)),
    "set-and-tuple": ([tuple_type(NUMBER), SetType(STRING)], SetType(STRING)),
    "list-and-tuple": ([tuple_type(NUMBER, STRING), ListType(NUMBER)], ListType(STRING)),
    "list-and-empty-tuple": ([tuple_type(), ListType(NUMBER)], ListType(NUMBER)),
    "tuples-of-one-length": ([tuple_type(NUMBER, BOOL), tuple_type(STRING, BOOL)], tuple_type(STRING, BOOL)),
    "tuples-of-two-lengths": ([tuple_type(NUMBER), tuple_type(STRING, NUMBER)], ListType(STRING)),
    "tuples-without-common-element": ([tuple_type(NUMBER), tuple_type(BOOL)], None),
    "tuple-and-object": ([tuple_type(), ObjectType({})], None),
    "objects-of-equal-names": (
        [ObjectType({"a": NUMBER}), ObjectType({"a": STRING})],
        ObjectType({"a": STRING}),
    ),
    "objects-of-other-names": ([ObjectType({"a": NUMBER}), ObjectType({"b": STRING})], MapType(STRING)),
    "objects-without-common-attribute": ([ObjectType({"a": NUMBER}), ObjectType({"b": tuple_type()})], None),
    "object-and-map": ([ObjectType({"a": NUMBER}), MapType(STRING)], MapType(STRING)),
    "maps": ([MapType(NUMBER), MapType(STRING)], MapType(STRING)),
    "unlike-bytes": ([Primitive("bytes"), NUMBER], None),
}


@pytest.mark.parametrize(("types", "expected"), UNIFICATIONS.values(), ids=UNIFICATIONS.keys())
def test_unify(types: list[Type], expected: Type | None) -> None:
    assert unify(types) == expected
