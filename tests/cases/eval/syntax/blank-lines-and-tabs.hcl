

target "default"	{

	tags	=	[

		"a"

	]

}
