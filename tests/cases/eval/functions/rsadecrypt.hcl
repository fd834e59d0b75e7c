# The key was made for this case and protects nothing.
target "default" {
  args = {
    text = rsadecrypt("dDaT2cuyK0sHw7jgM4XzLQiO24pbLbsHreS2yQ8PJvh+rEWq/vYWcIPtV4m/szGhu/EIcjN8K9+wkAcOv86tJiNYTRw2DCfzdnrRSi8sXuP8mdHOIwfCqobOyW3RtOs2/rulmck9GmpyOgfLfYLxsoNCCXn2Tln7nuNt3dWO+ho=", <<EOT
-----BEGIN RSA PRIVATE KEY-----
MIICXAIBAAKBgQC6JIzKA1+CNQFHv0XjbitkbXWa3T9qHL/wdpmMT94wxcZX+/WV
7jgsq8MDCbMinbDy+F0rS7bkEp1RnpiNkTq4riFZ0DiQVNsc/fvaWur8JNiSxOqy
YVwE5FAv869lIpOowQjbITGMdbZs/mXGySfN5RZS7j4N/AsordoUNr+R6wIDAQAB
AoGAQbLCyk40eIVyxTr6VNI+mHyVxKoQRsiM6jdB7KcH2hkD72vrexaQVxvsgXb7
9dzIZolIgQ6BJ7B2PCeI2naGzarX1eTZV/bZ3umXNldJRtGhTj3ZreLoTggBWu5b
cUF/ZB8zt4eveEo6fBZaHLmvtem7EiIyd62riIg1CQraJZkCQQD2Twk2Bd8q02OK
iDUkRJYZI1sBM+jJcDloApHQEY7JfjHieHcgEcpYFtBZzuJOnNCP2dkGrDHce1J9
xYhSXJN3AkEAwXd81MZuzUmF0QOfNZ0n+xVRRew+9OsWVLjOYpX+qsxhIzSwa5p+
+SAtqS4grS65oPh6xqM52gA8JMCFHsEKLQJASRtUZJCBmLh9hxS+kTE6S+POkyDR
K1j/8PsyREux0eR+8fVHhmFBabv7w2xAh4zL6qaCYBSkCAkihuomeCu6KQJACvd+
AQW6lDJ9vmppJP3inU4JDGCm9PU6j9TmBhqglAf/3aIH+iGI3xBe5j8yJP8IEMLl
Gst35Q6sWhz7rtGchQJBANGQtRsHGlQrUJgQPxa0QsmFCXPXXbIBluyWrrF0ZsgZ
AijuiH4FAEmoRKkTsFOph3vYIv8tuMDZjkWQGa868jU=
-----END RSA PRIVATE KEY-----
EOT
    )
  }
}
