target "x"
{
}
target "default" {}
