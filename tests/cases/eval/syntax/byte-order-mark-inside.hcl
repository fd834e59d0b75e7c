target "default" {}
﻿
